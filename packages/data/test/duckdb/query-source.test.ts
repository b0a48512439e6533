import { createTable, rowAt } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { querySource } from '../../src/duckdb/query-source.ts';
import { writeTable } from '../../src/open-table-writer.ts';
import { openTable, readTable } from '../../src/read-table.ts';

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

  it('throws DATA_FILE_NOT_FOUND for a named file that is not there', async () => {
    for (const name of ['a.parquet', 'a.csv']) {
      const path = join(temporaryFolder(), name);
      const source = querySource({ sql: 'SELECT * FROM t', tables: { t: path } });
      await expect(source.read()).rejects.toMatchObject({ code: 'DATA_FILE_NOT_FOUND', path });
    }
  });
});
