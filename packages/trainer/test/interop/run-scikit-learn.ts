import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EncodedRows } from './encode-data-set.ts';

/** A model for scikit-learn to fit, with the arguments of its constructor. */
export interface PythonFit {
  readonly algorithm: string;
  readonly parameters: Record<string, unknown>;
}

/** What scikit-learn made of the held-out rows. */
export interface PythonResult {
  readonly metrics: Record<string, number>;
  /** Held-out rows x outputs, row-major. */
  readonly outputs: number[];
}

/** The Python that has scikit-learn; undefined: skip. */
export const python = process.env['GNU_MLOPS_INTEROP_PYTHON'];

/** Fit scikit-learn's models to the same training rows, and score the same held-out rows. */
export function runScikitLearn(rows: EncodedRows, fits: readonly PythonFit[]): PythonResult[] {
  return runScript('./scikit_learn.py', rows, fits);
}

/** As {@link runScikitLearn}, for the models of LightGBM and XGBoost. */
export function runBoosting(rows: EncodedRows, fits: readonly PythonFit[]): PythonResult[] {
  return runScript('./boosting.py', rows, fits);
}

function runScript(file: string, rows: EncodedRows, fits: readonly PythonFit[]): PythonResult[] {
  const folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-interop-'));
  try {
    const { matrix, target, split } = rows;
    const last =
      target.task === 'classification' ? Float64Array.from(target.labels) : target.values;
    const cells = join(folder, 'cells.f64');
    writeFileSync(
      cells,
      Buffer.concat([...matrix.columns, last].map((column) => Buffer.from(column.slice().buffer))),
    );
    const job = join(folder, 'job.json');
    writeFileSync(
      job,
      JSON.stringify({
        task: target.task,
        cells,
        rowCount: matrix.rowCount,
        train: [...split.train],
        test: [...split.test],
        fits,
      }),
    );
    const script = fileURLToPath(new URL(file, import.meta.url));
    const printed = execFileSync(python!, [script, job], { maxBuffer: 2 ** 28, encoding: 'utf8' });
    return (JSON.parse(printed) as { results: PythonResult[] }).results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
