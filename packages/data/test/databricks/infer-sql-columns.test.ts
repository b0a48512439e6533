import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type DatabricksRows,
  databricksTableSource,
} from '../../src/databricks/databricks-table-source.ts';
import type { Warehouse } from '../../src/databricks/open-statement.ts';
import { connectWarehouse } from './connect-warehouse.ts';
import { Int64 } from './driver-modules.ts';
import {
  type DoubleColumn,
  type DoubleResult,
  type WarehouseDouble,
  startWarehouseDouble,
} from './warehouse-double.ts';

let double: WarehouseDouble;
let warehouse: Warehouse;
let statements: string[];
const query = { query: 'SELECT * FROM orders -- all of them ;\n;' };
const nulls = Buffer.from([0]);

beforeEach(async () => {
  double = await startWarehouseDouble();
  statements = [];
  warehouse = connectWarehouse(double, { maxAttempts: 2 });
});

afterEach(() => double.close());

const none: DoubleResult = { columns: [], format: 'COLUMN_BASED_SET', pages: [] };

/** One row of whole numbers under the names that a statement gives them. */
function counts(sql: string, countOf: { readonly [name: string]: number }): DoubleResult {
  const names = [...sql.matchAll(/ AS (\w+)/g)].map(([, name]) => name!);
  return {
    ...none,
    columns: names.map((name) => ({ name, type: 'BIGINT_TYPE' })),
    pages: [
      {
        columns: names.map((name) => ({
          i64Val: { values: [new Int64(countOf[name] ?? countOf['row_count']!)], nulls },
        })),
      },
    ],
  };
}

/** A warehouse that has columns and counts; a query for the rows themselves it answers with none. */
function answer(columns: readonly DoubleColumn[], countOf: { readonly [name: string]: number }) {
  double.onStatement = (sql) => {
    statements.push(sql);
    return sql.startsWith('SELECT COUNT(*)') ? counts(sql, countOf) : { ...none, columns };
  };
}

const infer = (options = {}, rows: DatabricksRows = query) =>
  databricksTableSource(warehouse, rows).inferColumns!(options);

describe('columns whose types the schema tells', () => {
  const columns: DoubleColumn[] = [
    { name: 'flag', type: 'BOOLEAN_TYPE' },
    { name: 'small', type: 'INT_TYPE' },
    { name: 'gaps', type: 'INT_TYPE' },
    { name: 'id', type: 'BIGINT_TYPE' },
    { name: 'huge', type: 'BIGINT_TYPE' },
    { name: 'amount', type: 'DOUBLE_TYPE' },
    { name: 'nothing', type: 'DOUBLE_TYPE' },
    { name: 'price', type: 'DECIMAL_TYPE', precision: 15, scale: 2 },
    { name: 'odd ` name', type: 'STRING_TYPE' },
    { name: 'at', type: 'TIMESTAMP_TYPE' },
  ];

  test('are found out without a row, by one count', async () => {
    answer(columns, { row_count: 9, values_2: 8, long_3: 0, long_4: 1, values_6: 0 });
    expect(await infer()).toMatchObject({
      signature: [
        ['flag', 'boolean'],
        ['small', 'long'],
        ['gaps', 'double'],
        ['id', 'long'],
        ['huge', 'string'],
        ['amount', 'double'],
        ['nothing', 'double'],
        ['price', 'double'],
        ['odd ` name', 'string'],
        ['at', 'datetime'],
      ].map(([name, type]) => ({ name, type, required: true })),
      rowCount: 9,
      emptyColumns: ['nothing'],
    });
    expect(statements).toHaveLength(2);
    expect(statements[0]).toBe('SELECT * FROM (\nSELECT * FROM orders -- all of them\n) LIMIT 0');
    expect(statements[1]).toContain('COUNT(`odd `` name`)');
  });

  test('have the types that the caller names, and no others may be named', async () => {
    answer(columns, { row_count: 9, long_3: 0, long_4: 0 });
    const { signature } = await infer({ columnTypes: { small: 'string' } });
    expect(signature[1]).toEqual({ name: 'small', type: 'string', required: true });
    await expect(infer({ columnTypes: { smal: 'string' } })).rejects.toMatchObject({
      code: 'DATA_COLUMN_MISSING',
    });
  });
});

describe('rows are read', () => {
  const wide: DoubleColumn = { name: 'total', type: 'DECIMAL_TYPE', precision: 30, scale: 2 };

  test('where decimals have more digits than a double, unless their type is named', async () => {
    answer([wide], { row_count: 3 });
    expect(await infer()).toMatchObject({ rowCount: 0 });
    expect(statements.at(-1)).toBe(query.query);
    expect(await infer({ columnTypes: { total: 'string' } })).toMatchObject({ rowCount: 3 });
    expect(statements.at(-1)).not.toBe(query.query);
  });

  test.each([
    ['is no query', 'SHOW TABLES', 1],
    ['cannot stand within another', 'WITH x AS (SELECT 1) FROM x SELECT *', 2],
  ])('where a statement %s', async (_, sql, count) => {
    double.onStatement = (wanted) => {
      statements.push(wanted);
      return wanted === sql
        ? { ...none, columns: [{ name: 'tableName', type: 'STRING_TYPE' }] }
        : { error: '[PARSE_SYNTAX_ERROR] Near "FROM". SQLSTATE: 42601' };
    };
    const { signature } = await infer({}, { query: sql });
    expect(signature.map(({ name }) => name)).toEqual(['tableName']);
    expect(statements).toHaveLength(count);
  });

  test('so that a nested column is refused by name', async () => {
    const columns = [{ stringVal: { values: ['[1]'], nulls } }];
    double.onStatement = () => ({
      ...none,
      columns: [{ name: 'odd', type: 'ARRAY_TYPE' }],
      pages: [{ columns }],
    });
    await expect(infer()).rejects.toMatchObject({ code: 'DATA_COLUMN_NESTED', column: 'odd' });
  });
});

test('what the server refuses is told at once', async () => {
  double.onStatement = (sql) => {
    statements.push(sql);
    return { error: '[TABLE_OR_VIEW_NOT_FOUND] No such table. SQLSTATE: 42P01' };
  };
  await expect(infer()).rejects.toMatchObject({ code: 'DATA_DATABRICKS_NOT_FOUND' });
  expect(statements).toHaveLength(1);
});
