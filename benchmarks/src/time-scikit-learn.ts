import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TimedContender } from './benchmark.ts';
import type { ForestCase } from './forest-cases.ts';

/** Time scikit-learn's forest on the same encoded rows, on one processor and on all. */
export function timeScikitLearn(
  { matrix, target, hyperparameters }: ForestCase,
  settings: { readonly python: string; readonly runs: number },
): TimedContender[] {
  const folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-bench-'));
  try {
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
        runs: settings.runs,
        parameters: hyperparameters,
      }),
    );
    const script = fileURLToPath(new URL('./python/fit_forest.py', import.meta.url));
    return JSON.parse(execFileSync(settings.python, [script, job], { encoding: 'utf8' }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
