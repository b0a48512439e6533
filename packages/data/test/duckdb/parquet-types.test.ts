import { DuckDBInstance } from '@duckdb/node-api';
import { cellValue } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { querySource } from '../../src/duckdb/query-source.ts';
import { readTable } from '../../src/read-table.ts';

/** A Parquet file by pyarrow: 1.25 in a column `x` of DECIMAL(40,2), 7 in a column `n`. */
const wideDecimal =
  'UEFSMRUAFS4VLiwVAhUAFQYVBhwAAAACAAAAAgEAAAAAAAAAAAAAAAAAAAAAfRUAFRQVFCwVAhUAFQYVBhwAAAACAA' +
  'AAAgEHAAAAFQQZPDUAGAZzY2hlbWEVBAAVDhUiFQIYAXglChUEFVAsXBUEFVAAAAAVAiUCGAFuABYCGRwZLCYAHBUO' +
  'GSUGABkYAXgVABYCFlQWVCYISRwVABUAFQIAPCkGGSYAAgAAACYAHBUCGSUGABkYAW4VABYCFjoWOiZcSRwVABUAFQ' +
  'IAPCkGGSYAAgAAABaOARYCJggWjgEAKCBwYXJxdWV0LWNwcC1hcnJvdyB2ZXJzaW9uIDI1LjAuMRksHAAAHAAAAMEA' +
  'AABQQVIx';

/** A Parquet file of one column `x` with the values of an SQL list. */
async function parquetOf(values: string): Promise<string> {
  const path = join(temporaryFolder(), 'x.parquet');
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  await connection.run(`COPY (SELECT unnest([${values}]) AS x) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return path;
}

async function readX(path: string, type?: 'long' | 'double' | 'string') {
  const signature = type === undefined ? undefined : [{ name: 'x', type, required: true }];
  const { table } = await readTable(path, { signature });
  const column = table.columns.get('x')!;
  const cells = Array.from({ length: table.rowCount }, (_, row) => cellValue(column, row));
  return [column.kind, ...cells];
}

describe('columns of Parquet', () => {
  it.each([
    ['1::TINYINT, NULL, -128', ['integer', 1, null, -128]],
    ['1::UINTEGER, 4294967295', ['integer', 1, 4294967295]],
    ['9007199254740991, -9007199254740991, NULL', ['integer', 2 ** 53 - 1, 1 - 2 ** 53, null]],
    ['9007199254740993, 1, NULL', ['categorical', '9007199254740993', '1', null]],
    ['1.5::FLOAT, NULL', ['numeric', 1.5, null]],
    ['0.1::DOUBLE, 1e-320::DOUBLE', ['numeric', 0.1, 1e-320]],
    ['0.10::DECIMAL(10,2), NULL', ['numeric', 0.1, null]],
    ['0.5::DECIMAL(30,2), 2::DECIMAL(30,2)', ['numeric', 0.5, 2]],
    [
      '12345678901234567890.12::DECIMAL(30,2), 1::DECIMAL(30,2)',
      ['categorical', '12345678901234567890.12', '1.00'],
    ],
    ['true, NULL, false', ['boolean', true, null, false]],
    [`'\ufeffa', '\ufeff\ufeff b', 'a'`, ['categorical', '\ufeffa', '\ufeff\ufeff b', 'a']],
    [`'a', '', '  ', NULL, 'é😀'`, ['categorical', 'a', null, null, null, 'é😀']],
    [`DATE '1969-12-31', NULL`, ['timestamp', -86_400_000, null]],
    [`TIMESTAMP '1969-12-31 23:59:59.9995'`, ['timestamp', -0.5]],
    [`TIMESTAMPTZ '2020-01-01 00:00:00+02'`, ['timestamp', 1577829600000]],
    [`TIMESTAMP_NS '2020-01-01 00:00:00.000000500'`, ['timestamp', 1577836800000.0005]],
    [`'infinity'::TIMESTAMP, TIMESTAMP '1970-01-01'`, ['timestamp', null, 0]],
    [
      `'4ac7a9e9-607c-4c8a-84f3-843f0191e3fd'::UUID`,
      ['categorical', '4ac7a9e9-607c-4c8a-84f3-843f0191e3fd'],
    ],
  ])('%s', async (values, expected) => {
    expect(await readX(await parquetOf(values))).toEqual(expected);
  });

  it('refuses, where a signature wants whole numbers, one that a double cannot hold', async () => {
    const path = await parquetOf('1, 9007199254740993');
    await expect(readX(path, 'long')).rejects.toMatchObject({
      code: 'DATA_CELL_INVALID',
      row: 2,
      column: 'x',
    });
    expect(await readX(path, 'string')).toEqual(['categorical', '1', '9007199254740993']);
    expect(await readX(await parquetOf('0.10::DECIMAL(10,2)'), 'string')).toEqual([
      'categorical',
      '0.10',
    ]);
  });

  it.each([['[1, 2]'], ['{a: 1}'], ["'a'::BLOB"]])(
    'throws DATA_COLUMN_NESTED for %s',
    async (value) => {
      const path = await parquetOf(value);
      await expect(readTable(path)).rejects.toMatchObject({
        code: 'DATA_COLUMN_NESTED',
        column: 'x',
      });
      await expect(readTable(path, { signature: [] })).resolves.toMatchObject({
        table: { rowCount: 1 },
      });
    },
  );

  it('throws DATA_COLUMN_NESTED for decimals of more digits than DuckDB reads right', async () => {
    const path = join(temporaryFolder(), 'x.parquet');
    writeFileSync(path, Buffer.from(wideDecimal, 'base64'));
    await expect(readX(path)).rejects.toMatchObject({
      code: 'DATA_COLUMN_NESTED',
      message: expect.stringContaining('DECIMAL(40,2)') as string,
    });
    const n = [{ name: 'n', type: 'long', required: true }] as const;
    const { table } = await readTable(path, { signature: n });
    expect(cellValue(table.columns.get('n')!, 0)).toBe(7);
    const all = await readTable(querySource({ sql: 'SELECT * FROM t', tables: { t: path } }));
    expect([...all.table.columns.keys()]).toEqual(['n']);
  });

  it('throws DATA_CELL_INVALID for a time that no Date shows', async () => {
    const path = await parquetOf(`TIMESTAMP '1970-01-01', TIMESTAMP '290000-01-01'`);
    await expect(readX(path)).rejects.toMatchObject({ code: 'DATA_CELL_INVALID', row: 2 });
  });

  it('takes no column out of the names of folders', async () => {
    const folder = join(temporaryFolder(), 'x=99', 'year=2020');
    mkdirSync(folder, { recursive: true });
    const path = join(folder, 'x.parquet');
    renameSync(await parquetOf('1, 2'), path);
    expect(await readX(path)).toEqual(['integer', 1, 2]);
    const { table } = await readTable(querySource({ sql: 'SELECT * FROM t', tables: { t: path } }));
    expect([...table.columns.keys()]).toEqual(['x']);
  });

  it('throws DATA_FILE_DAMAGED for what is no Parquet', async () => {
    const path = join(temporaryFolder(), 'x.parquet');
    for (const content of ['', 'PAR1', 'a,b\n1,2\n'.repeat(100)]) {
      writeFileSync(path, content);
      await expect(readTable(path)).rejects.toMatchObject({ code: 'DATA_FILE_DAMAGED' });
    }
  });
});
