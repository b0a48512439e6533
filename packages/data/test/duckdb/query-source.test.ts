import { createTable, rowAt } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../../src/byte-source.ts';
import { querySource } from '../../src/duckdb/query-source.ts';
import { bytesSource } from '../../src/file-source.ts';
import { writeTable } from '../../src/open-table-writer.ts';
import { partsSource } from '../../src/parts-source.ts';
import { openTable, readTable } from '../../src/read-table.ts';
import type { TableSource } from '../../src/table-source.ts';

const orders = createTable([
  ['customer', { kind: 'text', values: ['007', '8', '007', null] }],
  ['amount', { kind: 'numeric', values: Float64Array.of(1.5, 2, NaN, 4) }],
]);

describe('querySource', () => {
  it('joins and aggregates files of any format, under names and paths with quotes', async () => {
    const folder = temporaryFolder();
    const parquet = join(folder, `it's [an] "o*?der".parquet`);
    await writeTable(parquet, orders);
    const csv = join(folder, `it's a "c".csv`);
    writeFileSync(csv, 'customer,city\n007,Rome\n8,NA\n');
    const source = querySource({
      sql: `SELECT c.customer, city, sum(amount) AS total, count(*) AS n
            FROM "the ""customers""" c JOIN orders USING (customer)
            GROUP BY ALL ORDER BY customer; `,
      tables: { orders: parquet, 'the "customers"': csv },
    });
    const { table } = await readTable(source);
    expect([0, 1].map((row) => rowAt(table, row))).toEqual([
      { customer: '007', city: 'Rome', total: 1.5, n: 2 },
      // `NA` is a text in a column of strings, in a query as elsewhere.
      { customer: '8', city: 'NA', total: 2, n: 1 },
    ]);
  });

  it('says what is asked and where the tables are', () => {
    const bytes = bytesSource({ name: 's3://tables/b.csv' } as ByteSource, { sourceType: 's3' });
    const { sourceType, sourceDetails } = querySource({
      sql: 'SELECT 1',
      tables: { a: 'a.csv', b: bytes },
    });
    expect({ sourceType, sourceDetails }).toEqual({
      sourceType: 'code',
      sourceDetails: { sql: 'SELECT 1', tables: { a: 'a.csv', b: 's3://tables/b.csv' } },
    });
  });

  it('has whole numbers of any size without a sign, as texts where they are large', async () => {
    const most = '340282366920938463463374607431768211455';
    const source = querySource({
      sql: `SELECT 1::UHUGEINT AS large, 7::UHUGEINT AS small UNION ALL SELECT ${most}, 7 ORDER BY 1`,
      tables: {},
    });
    const { table } = await readTable(source);
    expect(rowAt(table, 1)).toEqual({ large: most, small: 7 });
  });

  it('comes in chunks with the types of a signature', async () => {
    const source = querySource({
      sql: 'SELECT range AS i, range % 2 = 0 AS even FROM range(5000) ORDER BY i',
      tables: {},
    });
    const signature = [{ name: 'i', type: 'double', required: true }] as const;
    const sizes: number[] = [];
    for await (const { table } of await openTable(source, { signature, batchRows: 3000 })) {
      expect(table.columns.get('i')!.kind).toBe('numeric');
      sizes.push(table.rowCount);
    }
    expect(sizes).toEqual([3000, 2000]);
  });

  it.each([
    ['another file', `SELECT * FROM read_csv('SECRET')`],
    ['a glob', `SELECT * FROM glob('/etc/*')`],
    ['the file itself as text', `SELECT * FROM read_text('SECRET')`],
    ['a write', `COPY (SELECT 1) TO 'SECRET'`],
    ['two statements', 'SELECT 1; SELECT 2'],
    ['a way out of the parentheses', `SELECT 1) TO 'SECRET' --`],
    ['an attached database', `ATTACH 'SECRET'`],
    ['the network', `SELECT * FROM read_parquet('https://localhost:1/x.parquet')`],
    ['a setting', 'SET enable_external_access = true'],
    ['an extension', 'INSTALL httpfs'],
    ['a table that is not named', 'SELECT * FROM customers'],
  ])('throws DATA_QUERY_FAILED for %s', async (_what, sql) => {
    const folder = temporaryFolder();
    const secret = join(folder, 'secret.csv');
    writeFileSync(secret, 'a\n1\n');
    const parquet = join(folder, 'orders.parquet');
    await writeTable(parquet, orders);
    const source = querySource({
      sql: sql.replaceAll('SECRET', secret),
      tables: { orders: parquet },
    });
    await expect(source.read()).rejects.toMatchObject({ code: 'DATA_QUERY_FAILED' });
  });

  it.each([
    ['SELECT nope FROM orders', /"nope" not found.*LINE 1: SELECT nope FROM orders\. It may use/s],
    ['SELEC 1', /: Parser Error: syntax error at or near "SELEC"/],
    ['DROP TABLE orders', /: it must be a SELECT\. It may use/],
  ])('speaks of %s as its caller wrote it', async (sql, said) => {
    const parquet = join(temporaryFolder(), 'orders.parquet');
    await writeTable(parquet, orders);
    const source = querySource({ sql, tables: { orders: parquet } });
    await expect(source.read()).rejects.toThrow(said);
  });

  it('throws DATA_FILE_NOT_FOUND for a named file that is not there', async () => {
    for (const name of ['a.parquet', 'a.csv']) {
      const path = join(temporaryFolder(), name);
      const source = querySource({ sql: 'SELECT * FROM t', tables: { t: path } });
      await expect(source.read()).rejects.toMatchObject({ code: 'DATA_FILE_NOT_FOUND', path });
    }
  });
});

describe('querySource in chunks of the types that it declares', () => {
  const openDeclared = (sql: string, options: { mostRows?: number; batchRows?: number } = {}) =>
    querySource({ sql, tables: {} }).openDeclared!({ batchRows: 2000, ...options });

  it('gives all rows in order', async () => {
    const sizes: number[] = [];
    for await (const { table, firstRow } of await openDeclared(
      `SELECT range AS i, 'x' || range AS s FROM range(5000) ORDER BY i DESC`,
    )) {
      expect(rowAt(table, 0)).toEqual({ i: 4999 - firstRow, s: `x${4999 - firstRow}` });
      expect(table.columns.get('i')!.kind).toBe('integer');
      sizes.push(table.rowCount);
    }
    expect(sizes).toEqual([2000, 2000, 1000]);
  });

  it('reads no more rows than are wanted', async () => {
    const stream = await openDeclared('SELECT range AS i FROM range(1000000000000000)', {
      mostRows: 3,
    });
    const rows: unknown[] = [];
    for await (const { table } of stream) rows.push(table.rowCount, rowAt(table, 2));
    expect(rows).toEqual([3, { i: 2 }]);
  });

  it('tells the columns of no rows', async () => {
    const tables = [];
    for await (const { table } of await openDeclared('SELECT 1.5 AS a, true AS b LIMIT 0')) {
      tables.push([table.rowCount, [...table.columns.keys()]]);
    }
    expect(tables).toEqual([[0, ['a', 'b']]]);
  });

  it('takes types of some columns in place of those declared', async () => {
    const source = querySource({ sql: `SELECT 7 AS id, 'x' AS s`, tables: {} });
    const columnTypes = { id: 'string' } as const;
    for await (const { table } of await source.openDeclared!({ batchRows: 10, columnTypes })) {
      expect(rowAt(table, 0)).toEqual({ id: '7', s: 'x' });
    }
  });
});

it('whole numbers of a file are whole in a query, also where some are missing', async () => {
  const folder = temporaryFolder();
  const lines = Array.from({ length: 9000 }, (_, row) => `${row === 8500 ? '' : row},${row},1.0`);
  const csv = join(folder, 'a.csv');
  writeFileSync(csv, `few,every,real\n${lines.join('\n')}\n`);
  const json = join(folder, 'a.jsonl');
  writeFileSync(json, '{"few":1,"every":2}\n{"every":3}\n');
  const types = 'typeof(max(few)) AS s, typeof(max(every)) AS a, count(few)::INTEGER AS n';
  const { table } = await readTable(
    querySource({
      sql: `SELECT ${types}, typeof(max(real)) AS r FROM c UNION ALL SELECT ${types}, '' FROM j`,
      tables: { c: csv, j: json },
    }),
  );
  expect([rowAt(table, 0), rowAt(table, 1)]).toEqual([
    { s: 'BIGINT', a: 'BIGINT', n: 8999, r: 'DOUBLE' },
    { s: 'BIGINT', a: 'BIGINT', n: 1, r: null },
  ]);
});

describe('querySource over files of another machine', () => {
  /** Bytes that can only be read one after the other, and how often they were. */
  function remote(path: string, folder: string): { source: TableSource; opened: () => number } {
    let opened = 0;
    const bytes: ByteSource = {
      name: `far://${path}`,
      async open() {
        opened++;
        const content = readFileSync(path);
        return {
          fingerprint: 'same',
          close: () => Promise.resolve(),
          async *[Symbol.asyncIterator]() {
            yield content;
          },
        };
      },
    };
    const options = { temporaryFolder: folder };
    return { source: bytesSource(bytes, { sourceType: 's3' }, options), opened: () => opened };
  }

  async function twoFiles() {
    const folder = temporaryFolder();
    const spool = temporaryFolder();
    const [parquet, csv] = [join(folder, 'a.parquet'), join(folder, 'a.csv')];
    await writeTable(parquet, orders);
    await writeTable(csv, orders);
    return { spool, p: remote(parquet, spool), c: remote(csv, spool) };
  }

  it('fetches each once, and removes the copies', async () => {
    const { spool, p, c } = await twoFiles();
    const both = partsSource({ name: 'both', uri: 'far://both/', sourceType: 's3' }, async () => [
      p.source,
      p.source,
    ]);
    const source = querySource({
      sql: 'SELECT (SELECT count(*) FROM b)::INTEGER AS b, (SELECT sum(amount) FROM c) AS c',
      tables: { b: both, c: c.source },
    });
    const { table } = await source.read();
    expect(rowAt(table, 0)).toEqual({ b: 8, c: 7.5 });
    expect([p.opened(), c.opened()]).toEqual([2, 1]);
    expect(readdirSync(spool)).toEqual([]);
  });

  it('removes the copies when the query fails, is broken off or aborted', async () => {
    const { spool, p, c } = await twoFiles();
    const tables = { p: p.source, c: c.source };
    await expect(querySource({ sql: 'SELECT nope FROM p', tables }).read()).rejects.toMatchObject({
      code: 'DATA_QUERY_FAILED',
    });
    expect(readdirSync(spool)).toEqual([]);

    const endless = 'SELECT range AS i FROM range(100000000), c';
    const stream = await querySource({ sql: endless, tables }).openDeclared!({ batchRows: 10 });
    for await (const { table } of stream) {
      expect(table.rowCount).toBe(10);
      expect(readdirSync(spool)).toHaveLength(2);
      break;
    }
    expect(readdirSync(spool)).toEqual([]);

    const controller = new AbortController();
    const long = 'SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range < b.range';
    const reading = querySource({ sql: long, tables }).read({ signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), 300);
    await expect(reading).rejects.toThrow('enough');
    expect(readdirSync(spool)).toEqual([]);
  });

  it('names the file as it is called where it lies', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'bad.csv');
    writeFileSync(path, 'a,b\n1\n');
    const { source } = remote(path, folder);
    await expect(
      querySource({ sql: 'SELECT * FROM t', tables: { t: source } }).read(),
    ).rejects.toMatchObject({
      code: 'DATA_CSV_RAGGED_ROW',
      message: expect.stringContaining('far://') as string,
    });
    expect(readdirSync(folder)).toEqual(['bad.csv']);
  });
});
