import { createTable } from '@gnu-mlops/core';
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { extendTable } from '../../src/extend/extend-table.ts';
import { python, whyNoPython } from './interop-python.ts';

const reason = whyNoPython('pandas, pyarrow');
const run = (script: string, ...args: string[]): unknown => {
  const path = fileURLToPath(new URL(script, import.meta.url));
  return JSON.parse(execFileSync(python!, [path, ...args], { encoding: 'utf8' }));
};

/** Add the columns that compare_extended.py expects. */
async function extend(path: string): Promise<string> {
  const output = path.replace('.parquet', '.extended.parquet');
  writeFileSync(output, '');
  const signature = [{ name: 'i', type: 'long', required: true }] as const;
  const target = {
    write: (bytes: Uint8Array) => Promise.resolve(appendFileSync(output, bytes)),
  };
  const file = await extendTable(path, target, { signature, batchRows: 1000 });
  const added = (firstRow: number, length: number) => {
    const rows = Array.from({ length }, (_, row) => firstRow + row);
    const codes = Int32Array.from(rows, (row) => (row % 7 === 0 ? -1 : row % 3));
    return createTable([
      ['label', { kind: 'categorical', codes, dictionary: ['l0', 'l1', 'l2'] }],
      ['p', { kind: 'numeric', values: Float64Array.from(rows, (row) => row / 10) }],
    ]);
  };
  let rowCount = 0;
  for await (const { table, firstRow } of file) {
    await file.write(added(firstRow, table.rowCount));
    rowCount += table.rowCount;
  }
  if (rowCount === 0) await file.write(added(0, 0));
  await file.finish();
  await file.close();
  return output;
}

describe.skipIf(reason !== undefined)(
  `Parquet of pyarrow with columns added${reason === undefined ? '' : `: ${reason}`}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-test-'));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('has all that pyarrow said of its own columns, and the added cells, whoever wrote it how', async () => {
      const names = run('./write_parquet_variants.py', folder, '2500') as string[];
      expect(names).toHaveLength(7);
      for (const name of names) await extend(join(folder, `${name}.parquet`));
      expect(run('./compare_extended.py', folder)).toEqual([]);
    });
  },
);
