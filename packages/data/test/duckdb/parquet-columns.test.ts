import { type Table, createTable, rowAt } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { querySource } from '../../src/duckdb/query-source.ts';
import { extendTable } from '../../src/extend/extend-table.ts';
import { writeTable } from '../../src/open-table-writer.ts';
import { openTable, readTable } from '../../src/read-table.ts';

/** A Parquet file by pyarrow: 1 and 2 in two columns `a`, 3 in a column `b`. */
const twoOfOneName =
  'UEFSMRUAFRwVHCwVAhUAFQYVBhwAAAACAAAAAgEBAAAAAAAAABUAFRwVHCwVAhUAFQYVBhwAAAACAAAAAgECAAAAAAAAAB' +
  'UAFRwVHCwVAhUAFQYVBhwAAAACAAAAAgEDAAAAAAAAABUEGUw1ABgGc2NoZW1hFQYAFQQlAhgBYQAVBCUCGAFhABUEJQIY' +
  'AWIAFgIZHBk8JgAcFQQZJQYAGRgBYRUAFgIWQhZCJghJHBUAFQAVAgA8KQYZJgACAAAAJgAcFQQZJQYAGRgBYRUAFgIWQh' +
  'ZCJkpJHBUAFQAVAgA8KQYZJgACAAAAJgAcFQQZJQYAGRgBYhUAFgIWQhZCJowBSRwVABUAFQIAPCkGGSYAAgAAABbGARYC' +
  'JggWxgEAKCBwYXJxdWV0LWNwcC1hcnJvdyB2ZXJzaW9uIDI1LjAuMRk8HAAAHAAAHAAAAOcAAABQQVIx';

/** Names that DuckDB changes: `A` to `A_1`, `A_1` to `A_1_1`, the empty one to `C4`. */
const names = ['a', 'A', 'A_1', 'Ä', '', 'ä', 'a\ufeff'];

/** In every row, each column says its place; one is text. */
function tableOf(rowCount: number): Table {
  return createTable(
    names.map((name, place) => [
      name,
      name === 'A'
        ? { kind: 'text', values: Array<string>(rowCount).fill(String(place)) }
        : { kind: 'integer', values: new Float64Array(rowCount).fill(place) },
    ]),
    rowCount,
  );
}

const row = Object.fromEntries(names.map((name, place) => [name, name === 'A' ? '1' : place]));

async function written(ending: string, rowCount: number): Promise<string> {
  const path = join(temporaryFolder(), `x.${ending}`);
  await writeTable(path, tableOf(rowCount));
  return path;
}

describe.each(['parquet', 'arrow', 'jsonl'])('names in .%s that differ in case alone', (ending) => {
  it.each([3, 25_000])('are those of the file, of %i rows', async (rowCount) => {
    const { table } = await readTable(await written(ending, rowCount));
    expect([...table.columns.keys()]).toEqual(names);
    expect(rowAt(table, rowCount - 1)).toEqual(row);
  });

  it('are told apart by a signature, and where columns are added', async () => {
    const path = await written(ending, 3);
    const signature = [
      { name: 'A_1', type: 'long', required: true },
      { name: 'A', type: 'string', required: true },
    ] as const;
    const target = { write: () => Promise.resolve() };
    for (const chunks of [
      await openTable(path, { signature, batchRows: 2 }),
      await extendTable(path, target, { signature, batchRows: 2 }),
    ]) {
      expect(chunks.header).toEqual(names);
      for await (const { table } of chunks) expect(rowAt(table, 0)).toEqual({ A_1: 2, A: '1' });
      await chunks.close();
    }
  });
});

describe('a query', () => {
  it.each(['csv', 'parquet', 'arrow', 'jsonl'])(
    'throws DATA_COLUMN_DUPLICATE for columns of .%s that SQL takes for the same',
    async (ending) => {
      const path = join(temporaryFolder(), `x.${ending}`);
      const one = { kind: 'integer', values: Float64Array.of(1) } as const;
      await writeTable(path, createTable(['b', 'Ab', 'ö', 'aB', 'Ö'].map((name) => [name, one])));
      const source = querySource({ sql: 'SELECT b FROM t', tables: { t: path } });
      await expect(source.read()).rejects.toMatchObject({
        code: 'DATA_COLUMN_DUPLICATE',
        source: path,
        columns: ['Ab', 'aB'],
        positions: [2, 4],
      });
    },
  );

  it('tells names apart that differ in the case of other letters than A to Z', async () => {
    const path = join(temporaryFolder(), 'x.csv');
    writeFileSync(path, 'Ä,ä\n1,2\n');
    const source = querySource({ sql: 'SELECT "ä", "Ä" FROM t', tables: { t: path } });
    expect(rowAt((await source.read()).table, 0)).toEqual({ Ä: 1, ä: 2 });
  });
});

it('throws DATA_COLUMN_DUPLICATE for two columns of one name, unless neither is read', async () => {
  const path = join(temporaryFolder(), 'x.parquet');
  writeFileSync(path, Buffer.from(twoOfOneName, 'base64'));
  await expect(readTable(path)).rejects.toMatchObject({
    code: 'DATA_COLUMN_DUPLICATE',
    message: `"${path}": columns 1 and 2 are both named "a". Rename one of them.`,
  });
  const b = [{ name: 'b', type: 'long', required: true }] as const;
  const { table } = await readTable(path, { signature: b });
  expect(rowAt(table, 0)).toEqual({ b: 3 });
});
