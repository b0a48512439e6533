import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TimedContender } from './benchmark.ts';
import type { BoostingRows } from './boosting-cases.ts';
import { runPython } from './run-python.ts';

/** A peer, and how well its models rank the rows that they have not seen: one figure a seed, or none. */
export interface ForestPeer extends TimedContender {
  readonly aucs: readonly number[];
}

/** Time scikit-learn's and XGBoost's forests on the same rows, on two threads and on one. */
export function timeCloudForestPeers(
  rows: { readonly train: BoostingRows; readonly test: BoostingRows },
  {
    python,
    ...settings
  }: { readonly python: string; readonly runs: number; readonly seeds: number },
): ForestPeer[] {
  const folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-bench-'));
  try {
    const write = (name: string, { matrix, labels }: BoostingRows) => {
      const path = join(folder, `${name}.f32`);
      const columns = [...matrix.columns, labels].map((column) => Float32Array.from(column));
      writeFileSync(path, Buffer.concat(columns.map((column) => Buffer.from(column.buffer))));
      return { path, rowCount: matrix.rowCount };
    };
    const files = { train: write('train', rows.train), test: write('test', rows.test) };
    const job = { ...files, ...settings };
    return runPython('fit_cloud_forest.py', job, { python, folder }) as unknown as ForestPeer[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
