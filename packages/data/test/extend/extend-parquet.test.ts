import { DuckDBInstance } from '@duckdb/node-api';
import { type Column, type Table, createTable, takeRows } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { extendTable } from '../../src/extend/extend-table.ts';

/** Run statements in a DuckDB of their own. @returns the rows of the last one as JSON. */
async function query(...statements: string[]): Promise<unknown[]> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  try {
    for (const statement of statements.slice(0, -1)) await connection.run(statement);
    const result = await connection.runAndReadAll(statements.at(-1)!);
    return result.getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Columns of every kind for rows `from` to before `to`, each with missing cells. */
function addedTable(rowCount: number): Table {
  const cells = <T>(valueOf: (row: number) => T, missing: T, every: number) =>
    Array.from({ length: rowCount }, (_, row) => (row % every === 1 ? missing : valueOf(row)));
  const columns: [string, Column][] = [
    ['label', { kind: 'categorical', ...codesOf(cells((row) => row % 300, -1, 7)) }],
    ['p', { kind: 'numeric', values: Float64Array.from(cells((row) => row / 7, NaN, 5)) }],
    ['whole', { kind: 'integer', values: Float64Array.from(cells((row) => -row, NaN, 11)) }],
    ['flag', { kind: 'boolean', values: Uint8Array.from(cells((row) => row % 2, 255, 3)) }],
    ['note', { kind: 'text', values: cells<string | null>((row) => `é${row}`, null, 4) }],
    ['at', { kind: 'timestamp', values: Float64Array.from(cells((row) => row + 0.5, NaN, 6)) }],
    ['full', { kind: 'numeric', values: Float64Array.from({ length: rowCount }, (_, row) => row) }],
  ];
  return createTable(columns, rowCount);
}

function codesOf(codes: number[]) {
  return {
    codes: Int32Array.from(codes),
    dictionary: Array.from({ length: 300 }, (_, code) => `label "${code}"`),
  };
}

const addedSql = `
  CASE WHEN i % 7 <> 1 THEN 'label "' || (i % 300) || '"' END AS label,
  CASE WHEN i % 5 <> 1 THEN i / 7 END AS p,
  CASE WHEN i % 11 <> 1 THEN -i END AS whole,
  CASE WHEN i % 3 <> 1 THEN i % 2 = 1 END AS flag,
  CASE WHEN i % 4 <> 1 THEN 'é' || i END AS note,
  CASE WHEN i % 6 <> 1 THEN make_timestamp(i * 1000 + 500) END AS at,
  i::DOUBLE AS "full"`;

/** Extend a file by {@link addedTable}, chunk by chunk. */
async function extend(path: string, options: { rows: number; batchRows: number }) {
  const output = `${path}.out`;
  writeFileSync(output, '');
  const all = addedTable(options.rows);
  const signature = [{ name: 'i', type: 'long', required: true }] as const;
  const target = {
    write: (bytes: Uint8Array) => Promise.resolve(appendFileSync(output, bytes)),
  };
  const file = await extendTable(path, target, { signature, batchRows: options.batchRows });
  const seen: number[] = [];
  try {
    for await (const { table, firstRow } of file) {
      const rows = Array.from({ length: table.rowCount }, (_, row) => firstRow + row);
      const column = table.columns.get('i')!;
      if (column.kind === 'integer') seen.push(...column.values);
      await file.write(takeRows(all, rows));
    }
    if (seen.length === 0) await file.write(addedTable(0));
    await file.finish();
  } finally {
    await file.close();
  }
  return { output, seen };
}

const ownSql = `
  i, 'c' || (i % 3) AS c, i::HUGEINT * 9007199254740993 AS huge, (i / 8)::DECIMAL(30, 3) AS d,
  DATE '2020-01-01' + (i % 50)::INTEGER AS day, [i, NULL] AS list, {'a': i, 'b': 'x'} AS struct,
  MAP {'k': i} AS map, 'a'::BLOB AS blob, (i % 200)::UTINYINT AS tiny, TIMESTAMPTZ '2020-01-01' AS zoned`;

describe('extendTable of Parquet', () => {
  it.each([
    { rows: 25_000, groupRows: 2048, batchRows: 10_000 },
    { rows: 25_000, groupRows: 100_000, batchRows: 1_000 },
    { rows: 22_000, groupRows: 100_000, batchRows: 1_000_000 },
    { rows: 3_000, groupRows: 2048, batchRows: 7 },
    { rows: 1, groupRows: 2048, batchRows: 7 },
  ])('keeps its columns, in order and type, beside the added ones: $rows rows', async (about) => {
    const path = join(temporaryFolder(), 'x.parquet');
    const own = `SELECT ${ownSql} FROM range(${about.rows}) AS r(i)`;
    await query(`COPY (${own}) TO '${path}' (FORMAT parquet, ROW_GROUP_SIZE ${about.groupRows})`);

    const { output, seen } = await extend(path, about);

    expect(seen).toEqual(Array.from({ length: about.rows }, (_, row) => row));
    const whole = `SELECT own.*, ${addedSql} FROM read_parquet('${path}') AS own`;
    const [differing] = await query(
      `CREATE TABLE wanted AS ${whole}`,
      `CREATE TABLE found AS SELECT * FROM read_parquet('${output}')`,
      `SELECT count(*)::INTEGER AS rows, count(*) FILTER (w IS DISTINCT FROM f)::INTEGER AS differing
         FROM wanted AS w POSITIONAL JOIN found AS f`,
    );
    expect(differing).toEqual({ rows: about.rows, differing: 0 });
    const describe = async (file: string) =>
      query(
        `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet('${file}'))`,
      );
    expect((await describe(output)).slice(0, 11)).toEqual(await describe(path));
    expect((await describe(output)).slice(11)).toEqual(
      [
        ['label', 'VARCHAR'],
        ['p', 'DOUBLE'],
        ['whole', 'BIGINT'],
        ['flag', 'BOOLEAN'],
        ['note', 'VARCHAR'],
        ['at', 'TIMESTAMP'],
        ['full', 'DOUBLE'],
      ].map(([column_name, column_type]) => ({ column_name, column_type })),
    );
  });

  it("copies the file's own bytes", async () => {
    const path = join(temporaryFolder(), 'x.parquet');
    await query(`COPY (SELECT i FROM range(5000) AS r(i)) TO '${path}' (FORMAT parquet)`);
    const { output } = await extend(path, { rows: 5000, batchRows: 999 });
    const own = readFileSync(path);
    const dataBytes = own.length - 8 - own.readUInt32LE(own.length - 8);
    expect(readFileSync(output).subarray(0, dataBytes).equals(own.subarray(0, dataBytes))).toBe(
      true,
    );
  });

  it('adds the columns to a file without rows', async () => {
    const path = join(temporaryFolder(), 'x.parquet');
    await query(`COPY (SELECT 1 AS i WHERE false) TO '${path}' (FORMAT parquet)`);
    const { output } = await extend(path, { rows: 0, batchRows: 10 });
    const columns = await query(`DESCRIBE SELECT * FROM read_parquet('${output}')`);
    expect(columns).toHaveLength(8);
    expect(await query(`SELECT * FROM read_parquet('${output}')`)).toEqual([]);
  });

  it('throws DATA_FILE_CHANGED rather than leave rows without added cells', async () => {
    const path = join(temporaryFolder(), 'x.parquet');
    await query(`COPY (SELECT i FROM range(10) AS r(i)) TO '${path}' (FORMAT parquet)`);
    const signature = [{ name: 'i', type: 'long', required: true }] as const;
    const target = { write: () => Promise.resolve() };
    const file = await extendTable(path, target, { signature, batchRows: 100 });
    try {
      await file.write(addedTable(9));
      await expect(file.finish()).rejects.toMatchObject({ code: 'DATA_FILE_CHANGED', path });
      await file.write(addedTable(1));
      await expect(file.write(addedTable(1))).rejects.toMatchObject({ code: 'DATA_FILE_CHANGED' });
    } finally {
      await file.close();
    }
  });

  it('throws DATA_FILE_CHANGED where another file of as many rows takes its place', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a.parquet');
    const other = join(folder, 'b.parquet');
    await query(`COPY (SELECT range AS i FROM range(10)) TO '${path}'`);
    await query(`COPY (SELECT 10 - range AS i FROM range(10)) TO '${other}'`);
    const signature = [{ name: 'i', type: 'long', required: true }] as const;
    const output: Uint8Array[] = [];
    const write = (bytes: Uint8Array) => Promise.resolve(void output.push(bytes.slice()));
    const file = await extendTable(path, { write }, { signature, batchRows: 10 });
    for await (const { table } of file) {
      renameSync(other, path);
      await file.write(createTable([['p', table.columns.get('i')!]]));
    }
    await expect(file.finish()).rejects.toMatchObject({ code: 'DATA_FILE_CHANGED', path });
    await file.close();
  });
});
