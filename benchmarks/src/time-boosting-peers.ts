import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TimedContender } from './benchmark.ts';
import type { BoostingRows } from './boosting-cases.ts';

/** A peer, and how well its model ranks the rows it has not seen. */
export interface BoostingPeer extends TimedContender {
  readonly auc: number;
}

/** Time LightGBM and XGBoost on the same rows, on one thread and on two. */
export function timeBoostingPeers(
  rows: { readonly train: BoostingRows; readonly test: BoostingRows },
  settings: { readonly python: string; readonly runs: number },
): BoostingPeer[] {
  const folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-bench-'));
  try {
    const write = (name: string, { matrix, labels }: BoostingRows) => {
      const path = join(folder, `${name}.f32`);
      const columns = [...matrix.columns, Float64Array.from(labels)];
      writeFileSync(
        path,
        Buffer.concat(columns.map((column) => Buffer.from(Float32Array.from(column).buffer))),
      );
      return { path, rowCount: matrix.rowCount };
    };
    const job = join(folder, 'job.json');
    const files = { train: write('train', rows.train), test: write('test', rows.test) };
    writeFileSync(job, JSON.stringify({ ...files, runs: settings.runs }));
    const script = fileURLToPath(new URL('./python/fit_boosting.py', import.meta.url));
    return JSON.parse(execFileSync(settings.python, [script, job], { encoding: 'utf8' }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
