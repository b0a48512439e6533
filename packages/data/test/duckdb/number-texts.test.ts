import { DuckDBInstance } from '@duckdb/node-api';
import { cellValue } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTable } from '../../src/read-table.ts';

/** A Parquet file of one column `x` of texts, out of an SQL expression of the row `i`. */
async function parquetOf(expression: string, rowCount: number): Promise<string> {
  const path = join(temporaryFolder(), 'x.parquet');
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT ${expression} AS x FROM range(${rowCount}) AS r(i)) TO '${path}'
       (FORMAT parquet, ROW_GROUP_SIZE 10000)`,
  );
  connection.closeSync();
  instance.closeSync();
  return path;
}

/** The cells of `x`, and the dictionaries of the chunks. */
async function readX(path: string) {
  const signature = [{ name: 'x', type: 'string', required: true }] as const;
  const cells: unknown[] = [];
  const dictionaries: (readonly string[])[] = [];
  for await (const { table } of await openTable(path, { signature, batchRows: 7000 })) {
    const column = table.columns.get('x')!;
    if (column.kind !== 'categorical') throw new Error(column.kind);
    dictionaries.push(column.dictionary);
    for (let row = 0; row < table.rowCount; row++) cells.push(cellValue(column, row));
  }
  return { cells, dictionaries };
}

describe('texts of a long Parquet file', () => {
  it('are the same whether or not they are few, blank ones missing, in the order of the rows', async () => {
    const texts = ['a', null, 'é😀', "it's", '', '"q"', '  ', '\ufeffa', 'n\nl', 'a '];
    const list = texts.map((text) => (text === null ? 'NULL' : `'${text.replace("'", "''")}'`));
    const path = await parquetOf(`list_extract([${list.join(', ')}], (i % 10) + 1)`, 25_000);
    const { cells, dictionaries } = await readX(path);
    const wanted = texts.map((text) => (text === null || text.trim() === '' ? null : text));
    expect(cells).toEqual(Array.from({ length: 25_000 }, (_, row) => wanted[row % 10]));
    expect(dictionaries).toEqual(Array(4).fill(wanted.filter((text) => text !== null)));
  });

  it('may be new behind the first rows', async () => {
    const path = await parquetOf(
      `CASE WHEN i < 22000 THEN 'few' ELSE 'text ' || (i % 900) END`,
      30_000,
    );
    const { cells, dictionaries } = await readX(path);
    expect(cells).toEqual(
      Array.from({ length: 30_000 }, (_, row) => (row < 22_000 ? 'few' : `text ${row % 900}`)),
    );
    expect(dictionaries[0]).toEqual(['few']);
  });

  it.each([
    ['all differ from the start', `'t' || i`, (row: number) => `t${row}`],
    [
      'are too many in all',
      `CASE WHEN i < 20000 THEN 'a' ELSE 't' || i END`,
      (row: number) => (row < 20_000 ? 'a' : `t${row}`),
    ],
    ['are all missing', 'NULL::VARCHAR', () => null],
    ['hold a zero byte', `'a' || chr(0) || (i % 2)`, (row: number) => `a\0${row % 2}`],
  ])('are read as they are where they %s', async (_, expression, textOf) => {
    const path = await parquetOf(expression, 90_000);
    const { cells } = await readX(path);
    expect(cells).toEqual(Array.from({ length: 90_000 }, (_, row) => textOf(row)));
  });
});
