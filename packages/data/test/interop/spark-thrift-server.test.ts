import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rowAt } from '@gnu-mlops/core';
import {
  type Warehouse,
  databricksTableSource,
  digestTable,
  inferColumns,
  openDatabricksWorkspace,
  parseTableName,
} from '../../src/index.ts';
import { openStatement } from '../../src/databricks/open-statement.ts';
import { whyNoPython } from './interop-python.ts';
import { type SparkServer, startSpark, whyNoJava } from './start-spark.ts';

const reason = whyNoPython('pyspark') ?? whyNoJava();
if (reason !== undefined) console.warn(`The Spark tests are skipped: ${reason}.`);

const kinds = `
  SELECT true AS flag, 7 AS small, 9007199254740993 AS huge, CAST(0.1 AS DOUBLE) AS amount,
    CAST(12.34 AS DECIMAL(10,2)) AS price, CAST('12345678901234567.8901' AS DECIMAL(30,4)) AS total,
    'Größe' AS word, DATE '2026-02-03' AS day, TIMESTAMP '2026-02-03 04:05:06.789Z' AS at
  UNION ALL SELECT null, null, 1, null, null, null, null, null, null`;

describe.skipIf(reason !== undefined)('Spark', () => {
  let spark: SparkServer;
  let warehouse: Warehouse;

  beforeAll(async () => {
    spark = await startSpark();
    const credentials = { token: 'any' };
    warehouse = {
      workspace: openDatabricksWorkspace({ host: spark.host, credentials }),
      httpPath: '/sql/1.0/warehouses/spark',
      caCertificate: spark.certificate,
      fetchRows: 1000,
    };
  });

  afterAll(() => spark?.stop());

  const run = async (sql: string) => {
    const statement = await openStatement(warehouse, { sql, subject: 'setup', signal: undefined });
    await statement.close();
  };

  test('gives every kind of cell its value, in UTC whatever its own time zone', async () => {
    const { table } = await databricksTableSource(warehouse, { query: kinds }).read();
    expect(rowAt(table, 0)).toEqual({
      flag: true,
      small: 7,
      huge: '9007199254740993',
      amount: 0.1,
      price: 12.34,
      total: '12345678901234567.8901',
      word: 'Größe',
      day: Date.UTC(2026, 1, 3),
      at: Date.UTC(2026, 1, 3, 4, 5, 6, 789),
    });
    expect(rowAt(table, 1)).toMatchObject({ flag: null, small: null, huge: '1', at: null });
  });

  test('tells the columns by counting as by reading all rows', async () => {
    const plain = kinds.replace(/CAST\('12345678901234567.8901'.*? AS total,/s, "'x' AS total,");
    const more = `SELECT *, CAST(null AS DOUBLE) AS empty, CAST('NaN' AS DOUBLE) AS not_one, 1 AS one
      FROM (${plain}) ORDER BY huge -- and so on`;
    const source = databricksTableSource(warehouse, { query: more });
    const counted = await source.inferColumns!();
    const byReading = await inferColumns({ ...source, inferColumns: undefined } as never);
    expect(counted).toEqual(byReading);
    expect(counted.signature).toContainEqual({ name: 'huge', type: 'string', required: true });
    expect(counted.emptyColumns).toEqual(['empty', 'not_one']);
    const shown = databricksTableSource(warehouse, { query: 'SHOW TABLES' });
    expect((await shown.inferColumns!()).signature.length).toBeGreaterThan(1);
  });

  test('gives a table that needs quotes its rows, whole and in chunks', async () => {
    await run(
      'CREATE TABLE `2026_orders` AS SELECT id AS `row id`, id * 0.5D AS half FROM range(5000)',
    );
    const name = parseTableName('`2026_orders`', { catalog: 'spark_catalog', schema: 'default' });
    const source = databricksTableSource(warehouse, { table: name });
    const { table } = await source.read();
    expect(table.rowCount).toBe(5000);
    expect([...table.columns.keys()]).toEqual(['row id', 'half']);
    const signature = [{ name: 'half', type: 'double', required: true }] as const;
    let sum = 0;
    for await (const chunk of await source.open({ signature, batchRows: 700 })) {
      const { values } = chunk.table.columns.get('half') as { values: Float64Array };
      sum += values.reduce((total, value) => total + value, 0);
    }
    expect(sum).toBe((4999 * 5000) / 4);
    const again = await databricksTableSource(warehouse, {
      query: 'SELECT half, `row id` FROM `2026_orders` ORDER BY half DESC',
    }).read();
    expect(digestTable(again.table)).toBe(digestTable(table));
  });

  test.each([
    ['SELECT * FROM no_such_table', 'DATA_DATABRICKS_NOT_FOUND'],
    ['SELEKT 1', 'DATA_DATABRICKS_REQUEST_FAILED'],
    ['SELECT no_such_column FROM range(1)', 'DATA_DATABRICKS_REQUEST_FAILED'],
  ])('refuses %s with %s', async (query, code) => {
    const source = databricksTableSource(warehouse, { query });
    await expect(source.read()).rejects.toMatchObject({ code });
  });

  test('refuses nested columns by name', async () => {
    const source = databricksTableSource(warehouse, { query: 'SELECT array(1, 2) AS list' });
    await expect(source.read()).rejects.toMatchObject({
      code: 'DATA_COLUMN_NESTED',
      column: 'list',
    });
  });

  test('stops a long query when the signal aborts', async () => {
    const query = 'SELECT count(*) AS n FROM range(100000000000) WHERE sin(id) > 2';
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('enough')), 2000);
    const source = databricksTableSource(warehouse, { query });
    await expect(source.read(controller)).rejects.toThrow('enough');
    // One core runs it: had the query gone on, this one would wait for hours.
    const next = await databricksTableSource(warehouse, { query: 'SELECT 1 AS one' }).read();
    expect(rowAt(next.table, 0)).toEqual({ one: 1 });
  });
});
