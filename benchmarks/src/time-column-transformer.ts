import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Table } from '@gnu-mlops/core';
import type { Contender } from './benchmark.ts';

/**
 * Time scikit-learn's ColumnTransformer on the same cells: `fit_transform`, and `fit` then
 * `transform`; texts as Python objects, as pandas categories would need another encoder.
 */
export function timeColumnTransformer(
  table: Table,
  { python, runs }: { readonly python: string; readonly runs: number },
): Contender[] {
  const folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-bench-'));
  try {
    const columns = Array.from(table.columns, ([name, column], i) => {
      const path = join(folder, `${i}.bin`);
      if (column.kind === 'categorical') {
        writeFileSync(path, Buffer.from(column.codes.buffer));
        return { name, path, dictionary: column.dictionary };
      }
      if (column.kind !== 'numeric') throw new TypeError(`Column "${name}" is ${column.kind}.`);
      writeFileSync(path, Buffer.from(column.values.buffer));
      return { name, path };
    });
    const job = join(folder, 'job.json');
    writeFileSync(job, JSON.stringify({ columns, runs }));
    const script = fileURLToPath(new URL('./python/fit_columns.py', import.meta.url));
    return JSON.parse(execFileSync(python, [script, job], { encoding: 'utf8' })) as Contender[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
