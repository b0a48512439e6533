import {
  Bool,
  DateDay,
  Decimal,
  Float64,
  Int32,
  Int64 as ArrowInt64,
  Table as ArrowTable,
  TimestampMicrosecond,
  Utf8,
  makeData,
  makeVector,
  vectorFromArray,
} from 'apache-arrow';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cellValue, rowAt } from '@gnu-mlops/core';
import { cellColumn } from '../../src/databricks/cell-column.ts';
import {
  type DatabricksRows,
  databricksTableSource,
} from '../../src/databricks/databricks-table-source.ts';
import { type Warehouse, openStatement } from '../../src/databricks/open-statement.ts';
import { statementPieces } from '../../src/databricks/statement-pieces.ts';
import type { ReadTableOptions } from '../../src/table-source.ts';
import { arrowPages } from './arrow-pages.ts';
import { connectWarehouse } from './connect-warehouse.ts';
import { Int64 } from './driver-modules.ts';
import {
  type DoubleResult,
  type WarehouseDouble,
  startWarehouseDouble,
} from './warehouse-double.ts';

let double: WarehouseDouble;
let warehouse: Warehouse;
const table = { catalog: 'main', schema: 'sales', table: 'cust`omers' };

beforeEach(async () => {
  double = await startWarehouseDouble();
  warehouse = connectWarehouse(double, { fetchRows: 100 });
});

afterEach(() => double.close());

async function read(rows: DatabricksRows = { table }, options: ReadTableOptions = {}) {
  return (await databricksTableSource(warehouse, rows).read(options)).table;
}

/** Numbers 0 to `rowCount - 1` in Arrow, in pages of ten rows. */
function counted(rowCount: number): DoubleResult {
  const n = vectorFromArray(
    Array.from({ length: rowCount }, (_, row) => row),
    new Int32(),
  );
  return {
    columns: [{ name: 'n', type: 'INT_TYPE' }],
    format: 'ARROW_BASED_SET',
    ...arrowPages(new ArrowTable({ n }), 10),
  };
}

/** The same numbers as lists of values. */
function countedInColumns(): DoubleResult {
  const pages = [0, 10, 20, 30].map((from) => {
    const values = Array.from({ length: Math.min(10, 35 - from) }, (_, row) => from + row);
    return { columns: [{ i32Val: { values, nulls: none } }] };
  });
  return { columns: counted(1).columns, format: 'COLUMN_BASED_SET', pages };
}

const kinds: DoubleResult['columns'] = [
  { name: 'flag', type: 'BOOLEAN_TYPE' },
  { name: 'count', type: 'BIGINT_TYPE' },
  { name: 'amount', type: 'DOUBLE_TYPE' },
  { name: 'price', type: 'DECIMAL_TYPE', precision: 10, scale: 2 },
  { name: 'city', type: 'STRING_TYPE' },
  { name: 'day', type: 'DATE_TYPE' },
  { name: 'at', type: 'TIMESTAMP_TYPE' },
];
const day = Date.UTC(2026, 1, 3);
const at = Date.UTC(2026, 1, 3, 4, 5, 6);

function kindsInArrow(): DoubleResult {
  const arrow = new ArrowTable({
    flag: vectorFromArray([true, null], new Bool()),
    count: vectorFromArray([9007199254740991n, null], new ArrowInt64()),
    amount: vectorFromArray([0.1, null], new Float64()),
    price: decimals([1234n, null], { precision: 10, scale: 2 }),
    city: vectorFromArray(['Graz', null], new Utf8()),
    day: vectorFromArray([new Date(day), null], new DateDay()),
    at: vectorFromArray([at, null], new TimestampMicrosecond('UTC')),
  });
  return { columns: kinds, format: 'ARROW_BASED_SET', ...arrowPages(arrow, 10) };
}

const none = Buffer.from([0]);
/** The second row is null: bit 1 is set. */
const nulls = Buffer.from([0b10]);

function kindsInColumns(): DoubleResult {
  const columns = [
    { boolVal: { values: [true, false], nulls } },
    { i64Val: { values: [new Int64('001fffffffffffff'), new Int64(0)], nulls } },
    { doubleVal: { values: [0.1, 0], nulls } },
    { stringVal: { values: ['12.34', ''], nulls } },
    { stringVal: { values: ['Graz', ''], nulls } },
    { stringVal: { values: ['2026-02-03', ''], nulls } },
    { stringVal: { values: ['2026-02-03 04:05:06', ''], nulls } },
  ];
  return { columns: kinds, format: 'COLUMN_BASED_SET', pages: [{ columns }] };
}

function decimals(
  wholes: readonly (bigint | null)[],
  { precision, scale }: { precision: number; scale: number },
) {
  const data = new Uint32Array(wholes.length * 4);
  const bits = new Uint8Array(Math.ceil(wholes.length / 8));
  for (const [row, whole] of wholes.entries()) {
    if (whole === null) continue;
    bits[row >> 3]! |= 1 << (row & 7);
    const words = BigInt.asUintN(128, whole);
    for (let i = 0; i < 4; i++) data[row * 4 + i] = Number((words >> BigInt(32 * i)) & 0xffffffffn);
  }
  const nullCount = wholes.filter((whole) => whole === null).length;
  const type = new Decimal(scale, precision, 128);
  return makeVector(makeData({ type, data, nullBitmap: bits, nullCount, length: wholes.length }));
}

describe('reading a table', () => {
  test.each([
    ['Arrow', kindsInArrow],
    ['columns', kindsInColumns],
  ])('gives every kind of cell its value, from %s', async (_, result) => {
    double.onStatement = result;
    const found = await read();
    expect(rowAt(found, 0)).toEqual({
      flag: true,
      count: Number.MAX_SAFE_INTEGER,
      amount: 0.1,
      price: 12.34,
      city: 'Graz',
      day,
      at,
    });
    expect(Object.values(rowAt(found, 1))).toEqual(Array(7).fill(null));
    expect(Array.from(found.columns.values(), ({ kind }) => kind)).toEqual([
      'boolean',
      'integer',
      'numeric',
      'numeric',
      'categorical',
      'timestamp',
      'timestamp',
    ]);
  });

  test('reads pages in order, and closes operation and session', async () => {
    double.onStatement = () => counted(35);
    const found = await read();
    expect(found.columns.get('n')).toMatchObject({
      values: Float64Array.from({ length: 35 }, (_, row) => row),
    });
    expect(double.methods().slice(-2)).toEqual(['CloseOperation', 'CloseSession']);
  });

  test('quotes names, and asks for the wanted columns alone', async () => {
    const statements: string[] = [];
    double.onStatement = (sql) => {
      statements.push(sql);
      return counted(1);
    };
    await read({ table });
    await read({ table, columns: ['n', 'odd ` name'] });
    await read({ query: 'SELECT n FROM x ORDER BY n' });
    expect(statements).toEqual([
      'SELECT * FROM `main`.`sales`.`cust``omers`',
      'SELECT `n`, `odd `` name` FROM `main`.`sales`.`cust``omers`',
      'SELECT n FROM x ORDER BY n',
    ]);
  });

  test('says where rows come from, without credentials', () => {
    const source = databricksTableSource(warehouse, { table: { ...table, table: 'customers' } });
    expect(source).toMatchObject({ name: 'customers', sourceType: 'delta_table' });
    expect(source.uri).toBe(`databricks://${new URL(double.host).host}/main.sales.customers`);
  });

  test('gives an empty result its columns', async () => {
    double.onStatement = () => ({ ...counted(10), pages: [] });
    const found = await read();
    expect(found.rowCount).toBe(0);
    expect([...found.columns.keys()]).toEqual(['n']);
  });

  test('hands out chunks of the asked size', async () => {
    double.onStatement = () => counted(25);
    const signature = [{ name: 'n', type: 'double', required: true }] as const;
    const stream = await databricksTableSource(warehouse, { table }).open({
      signature,
      batchRows: 7,
    });
    const sizes: [number, number][] = [];
    for await (const chunk of stream) sizes.push([chunk.firstRow, chunk.table.rowCount]);
    expect(sizes).toEqual([
      [0, 7],
      [7, 7],
      [14, 7],
      [21, 4],
    ]);
  });

  test.each([
    ['Arrow', () => counted(35)],
    ['columns', countedInColumns],
  ])(
    'fetches no more than its first rows where no others are wanted, from %s',
    async (_, result) => {
      double.onStatement = result;
      const { table: first } = await databricksTableSource(warehouse, { table }).readFirst!(12);
      expect(Array.from({ length: first.rowCount }, (__, row) => rowAt(first, row)['n'])).toEqual(
        Array.from({ length: 12 }, (__, row) => row),
      );
      const fetches = double.calls.filter(({ method }) => method === 'FetchResults');
      expect(fetches).toHaveLength(2);
      expect(Number(fetches[0]!.request['maxRows'])).toBe(12);
      expect(double.methods().slice(-2)).toEqual(['CloseOperation', 'CloseSession']);
    },
  );

  test('sends no telemetry', async () => {
    double.onStatement = () => counted(1);
    await read();
    expect(double.otherPaths).toEqual([]);
  });

  test('throws TABLE_COLUMN_DUPLICATE for two columns of one name, before it fetches rows', async () => {
    const [column] = counted(1).columns;
    double.onStatement = () => ({ ...counted(1), columns: [column!, column!] });
    await expect(read()).rejects.toMatchObject({ code: 'TABLE_COLUMN_DUPLICATE' });
    expect(double.methods()).not.toContain('FetchResults');
    expect(double.methods()).toContain('CloseSession');
  });
});

test('takes a decimal for a number whose digits are few, however many places it has', async () => {
  const amount = decimals([1250n * 10n ** 18n], { precision: 38, scale: 18 });
  double.onStatement = () => ({
    columns: [{ name: 'amount', type: 'DECIMAL_TYPE', precision: 38, scale: 18 }],
    format: 'ARROW_BASED_SET',
    ...arrowPages(new ArrowTable({ amount }), 10),
  });
  expect(rowAt(await read(), 0)).toEqual({ amount: 1250 });
});

test('gives the same rows as objects, where Arrow cannot be read', async () => {
  double.onStatement = () => kindsInArrow();
  const request = { sql: 'SELECT 1', subject: 'query', signal: undefined };
  const statement = await openStatement(warehouse, request);
  const options = { warehouse, arrow: undefined, subject: 'query', signal: undefined };
  const rows: unknown[] = [];
  for await (const piece of statementPieces(statement, options)) {
    if (!('cell' in piece)) throw new Error('the piece is in Arrow');
    for (let row = 0; row < piece.rowCount; row++) {
      rows.push(
        statement.columns.map((column, index) => {
          const about = { source: 'query', column, numbers: 'free' } as const;
          return cellValue(cellColumn([piece.cell(index, row)], about), 0);
        }),
      );
    }
  }
  await statement.close();
  expect(rows).toEqual([
    [true, Number.MAX_SAFE_INTEGER, 0.1, 12.34, 'Graz', day, at],
    Array(7).fill(null),
  ]);
});

describe('numbers of many digits', () => {
  const long = [9007199254740993n, 1n];
  const amount = 123456789012345678901n;

  function inArrow(): DoubleResult {
    const arrow = new ArrowTable({
      id: vectorFromArray(long, new ArrowInt64()),
      amount: decimals([amount, 5n], { precision: 30, scale: 4 }),
    });
    return { columns: columnsOf(), format: 'ARROW_BASED_SET', ...arrowPages(arrow, 10) };
  }
  function inColumns(): DoubleResult {
    const columns = [
      { i64Val: { values: [new Int64('0020000000000001'), new Int64(1)], nulls: none } },
      { stringVal: { values: ['12345678901234567.8901', '0.0005'], nulls: none } },
    ];
    return { columns: columnsOf(), format: 'COLUMN_BASED_SET', pages: [{ columns }] };
  }
  function columnsOf(): DoubleResult['columns'] {
    return [
      { name: 'id', type: 'BIGINT_TYPE' },
      { name: 'amount', type: 'DECIMAL_TYPE', precision: 30, scale: 4 },
    ];
  }

  test.each([
    ['Arrow', inArrow],
    ['columns', inColumns],
  ])('keep every digit as text, from %s', async (_, result) => {
    double.onStatement = result;
    const found = await read();
    expect(rowAt(found, 0)).toEqual({ id: '9007199254740993', amount: '12345678901234567.8901' });
    expect(rowAt(found, 1)).toEqual({ id: '1', amount: '0.0005' });
  });

  test.each([
    ['Arrow', inArrow],
    ['columns', inColumns],
  ])('are rounded only where a double is asked for, from %s', async (_, result) => {
    double.onStatement = result;
    const signature = [{ name: 'amount', type: 'double', required: true }] as const;
    const found = await read({ table }, { signature });
    expect(rowAt(found, 0)).toEqual({ amount: 12345678901234567.8901 });
  });

  test.each([
    ['Arrow', inArrow],
    ['columns', inColumns],
  ])('are refused where a whole number is asked for, from %s', async (_, result) => {
    double.onStatement = result;
    const signature = [{ name: 'id', type: 'long', required: true }] as const;
    await expect(read({ table }, { signature })).rejects.toMatchObject({
      code: 'DATA_CELL_INVALID',
      message: expect.stringMatching(/9007199254740993/) as string,
    });
  });
});

test.each(['BINARY_TYPE', 'ARRAY_TYPE', 'MAP_TYPE', 'STRUCT_TYPE'] as const)(
  'refuses a column of %s by name',
  async (type) => {
    const columns = [{ stringVal: { values: ['[1]'], nulls: none } }];
    double.onStatement = () => ({
      columns: [{ name: 'odd', type }],
      format: 'COLUMN_BASED_SET',
      pages: [{ columns }],
    });
    await expect(read()).rejects.toMatchObject({ code: 'DATA_COLUMN_NESTED', column: 'odd' });
  },
);

describe('a server that is busy or breaks off', () => {
  beforeEach(() => {
    double.onStatement = () => counted(35);
  });
  const whole = expect.objectContaining({ rowCount: 35 }) as unknown;

  test.each([
    ['OpenSession', 429],
    ['OpenSession', 503],
    ['OpenSession', 504],
    ['ExecuteStatement', 503],
    ['FetchResults', 429],
    ['FetchResults', 503],
    ['FetchResults', 504],
  ])('is asked again: %s answers %i once', async (method, status) => {
    double.onCall = (called, count) => (called === method && count === 1 ? { status } : 'answer');
    expect(await read()).toEqual(whole);
  });

  test.each(['OpenSession', 'ExecuteStatement', 'FetchResults'])(
    'is asked again: %s breaks off once',
    async (method) => {
      double.onCall = (called, count) => (called === method && count === 1 ? 'reset' : 'answer');
      const found = await read();
      expect(found.columns.get('n')).toMatchObject({
        values: Float64Array.from({ length: 35 }, (_, row) => row),
      });
    },
  );

  test('is given the time that it asks for', async () => {
    double.onCall = (method, count) =>
      method === 'OpenSession' && count === 1
        ? { status: 429, headers: { 'retry-after': '1' } }
        : 'answer';
    const begun = performance.now();
    expect(await read()).toEqual(whole);
    expect(performance.now() - begun).toBeGreaterThan(990);
  });

  test('begins anew after a fetch that broke off, so that no row is lost or doubled', async () => {
    double.onCall = (method, count) =>
      method === 'FetchResults' && count === 3 ? 'reset' : 'answer';
    const found = await read();
    expect(found.rowCount).toBe(35);
    expect(double.methods().filter((method) => method === 'ExecuteStatement')).toHaveLength(2);
  });

  test('throws DATA_DATABRICKS_UNAVAILABLE where rows were handed out already', async () => {
    double.onCall = (method, count) =>
      method === 'FetchResults' && count === 3 ? 'reset' : 'answer';
    const signature = [{ name: 'n', type: 'double', required: true }] as const;
    const options = { signature, batchRows: 5 };
    const stream = await databricksTableSource(warehouse, { table }).open(options);
    let rows = 0;
    const reading = (async () => {
      for await (const chunk of stream) rows += chunk.table.rowCount;
    })();
    await expect(reading).rejects.toMatchObject({ code: 'DATA_DATABRICKS_UNAVAILABLE' });
    expect(rows).toBe(20);
  });

  test.each([
    ['Arrow', () => counted(35)],
    ['columns', countedInColumns],
  ])('begins anew where the answer with some rows got lost, in %s', async (_, result) => {
    double.onStatement = result;
    double.onCall = (method, count) =>
      method === 'FetchResults' && count === 2 ? 'lose' : 'answer';
    const found = await read();
    expect(found.columns.get('n')).toMatchObject({
      values: Float64Array.from({ length: 35 }, (_, row) => row),
    });
    expect(double.methods().filter((method) => method === 'ExecuteStatement')).toHaveLength(2);
  });

  test('throws DATA_DATABRICKS_UNAVAILABLE when it stays busy', async () => {
    double.onCall = (method) => (method === 'OpenSession' ? { status: 503 } : 'answer');
    await expect(read()).rejects.toMatchObject({ code: 'DATA_DATABRICKS_UNAVAILABLE' });
    expect(double.methods()).toEqual(['OpenSession', 'OpenSession', 'OpenSession']);
  });
});

describe('what the server refuses', () => {
  test('throws DATA_DATABRICKS_FORBIDDEN for a bad token, which no message holds', async () => {
    warehouse = connectWarehouse(double, { token: 'dapi-secret-token', fetchRows: 100 });
    const error = (await read().catch((thrown: unknown) => thrown)) as Error;
    expect(error).toMatchObject({ code: 'DATA_DATABRICKS_FORBIDDEN' });
    expect(error.message).toMatch(/main\.sales.*Invalid token/);
    expect(error.message).not.toMatch(/secret-token/);
  });

  test.each([
    [
      '[TABLE_OR_VIEW_NOT_FOUND] The table cannot be found. SQLSTATE: 42P01',
      'DATA_DATABRICKS_NOT_FOUND',
    ],
    ['[INSUFFICIENT_PERMISSIONS] No SELECT. SQLSTATE: 42501', 'DATA_DATABRICKS_FORBIDDEN'],
    ['[PARSE_SYNTAX_ERROR] Near "FORM". SQLSTATE: 42601', 'DATA_DATABRICKS_REQUEST_FAILED'],
  ])('turns %s into %s, once and for all', async (error, code) => {
    double.onStatement = () => ({ error });
    await expect(read()).rejects.toMatchObject({ code, name: expect.any(String) as string });
    expect(double.methods().filter((method) => method === 'ExecuteStatement')).toHaveLength(1);
    expect(double.methods()).toContain('CloseSession');
  });

  test('doubts the HTTP path rather than the table where nothing answers there', async () => {
    warehouse = { ...warehouse, httpPath: '/sql/1.0/warehouses/other' };
    await expect(read()).rejects.toMatchObject({
      code: 'DATA_DATABRICKS_NOT_FOUND',
      message: expect.stringContaining('the HTTP path is not that of a warehouse') as string,
    });
  });

  test('throws DATA_DATABRICKS_UNAVAILABLE for a certificate that nobody vouches for', async () => {
    const { caCertificate: _, ...strict } = warehouse;
    warehouse = strict;
    await expect(read()).rejects.toMatchObject({ code: 'DATA_DATABRICKS_UNAVAILABLE' });
  });
});

describe('rows that cannot be as the server says', () => {
  const both: DoubleResult['columns'] = [
    { name: 'n', type: 'INT_TYPE' },
    { name: 'city', type: 'STRING_TYPE' },
  ];
  const numbers = { i32Val: { values: [1, 2, 3], nulls: none } };

  test.each([
    ['a column too few', [numbers]],
    ['columns of different lengths', [numbers, { stringVal: { values: ['Graz'], nulls: none } }]],
  ])('throw DATA_DATABRICKS_UNAVAILABLE: %s', async (_, columns) => {
    double.onStatement = () => ({
      columns: both,
      format: 'COLUMN_BASED_SET',
      pages: [{ columns }],
    });
    await expect(read()).rejects.toMatchObject({ code: 'DATA_DATABRICKS_UNAVAILABLE' });
  });

  test('throw DATA_DATABRICKS_UNAVAILABLE: Arrow with a column too few', async () => {
    double.onStatement = () => ({ ...counted(5), columns: both });
    await expect(read()).rejects.toMatchObject({ code: 'DATA_DATABRICKS_UNAVAILABLE' });
  });
});

describe('a stream that is closed', () => {
  test('while it waits for its first rows does not begin anew', async () => {
    double.onStatement = () => counted(5);
    const fetched = Promise.withResolvers<void>();
    double.onCall = (method) => {
      if (method !== 'FetchResults') return 'answer';
      fetched.resolve();
      return 'stall';
    };
    const signature = [{ name: 'n', type: 'double', required: true }] as const;
    const options = { signature, batchRows: 5 };
    const stream = await databricksTableSource(warehouse, { table }).open(options);
    const next = stream[Symbol.asyncIterator]().next();
    await fetched.promise;
    await stream.close();
    expect((await next).done).toBe(true);
    expect(double.methods().filter((method) => method === 'ExecuteStatement')).toHaveLength(1);
  });
});

describe('an abort', () => {
  test('cancels the query on the server while it runs', async () => {
    double.onStatement = () => counted(5);
    double.runningPolls = 1000;
    const controller = new AbortController();
    const reason = new Error('enough');
    double.onCall = (method, count) => {
      if (method === 'GetOperationStatus' && count === 2) controller.abort(reason);
      return 'answer';
    };
    await expect(read({ table }, controller)).rejects.toBe(reason);
    expect(double.methods()).toContain('CancelOperation');
    expect(double.methods()).toContain('CloseSession');
  });

  test('stops a fetch that gets no answer', async () => {
    double.onStatement = () => counted(5);
    const controller = new AbortController();
    double.onCall = (method) => {
      if (method !== 'FetchResults') return 'answer';
      controller.abort(new Error('enough'));
      return 'stall';
    };
    await expect(read({ table }, controller)).rejects.toThrow('enough');
  });

  test('before the start sends nothing', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(read({ table }, { signal })).rejects.toThrow('enough');
    expect(double.calls).toEqual([]);
  });
});
