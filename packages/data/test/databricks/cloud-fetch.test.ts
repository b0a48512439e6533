import { Int32, Table as ArrowTable, Utf8, vectorFromArray } from 'apache-arrow';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rowAt } from '@gnu-mlops/core';
import { databricksTableSource } from '../../src/databricks/databricks-table-source.ts';
import { type Warehouse, openStatement } from '../../src/databricks/open-statement.ts';
import { statementPieces } from '../../src/databricks/statement-pieces.ts';
import { arrowPages, linkPages, packPages } from './arrow-pages.ts';
import { connectWarehouse } from './connect-warehouse.ts';
import {
  type DoubleResult,
  type WarehouseDouble,
  startWarehouseDouble,
} from './warehouse-double.ts';

let double: WarehouseDouble;
let warehouse: Warehouse;
const query = { query: 'SELECT n, city FROM x' };
const signature = [{ name: 'n', type: 'double', required: true }] as const;

beforeEach(async () => {
  double = await startWarehouseDouble();
  warehouse = connectWarehouse(double, { fetchRows: 100 });
});

afterEach(() => double.close());

/** Numbers from 0 and the names of cities, in Arrow, in pages of ten rows. */
function counted(rowCount: number): DoubleResult {
  const rows = Array.from({ length: rowCount }, (_, row) => row);
  const n = vectorFromArray(rows, new Int32());
  const city = vectorFromArray(
    rows.map((row) => (row % 3 === 0 ? null : `Graz ${row % 5}`)),
    new Utf8(),
  );
  return {
    columns: [
      { name: 'n', type: 'INT_TYPE' },
      { name: 'city', type: 'STRING_TYPE' },
    ],
    format: 'ARROW_BASED_SET',
    ...arrowPages(new ArrowTable({ n, city }), 10),
  };
}

/** Whether the last query allowed links. */
function allowsLinks(): boolean {
  const [last] = double.calls.filter(({ method }) => method === 'ExecuteStatement').slice(-1);
  return (last!.request as { canDownloadResult?: boolean }).canDownloadResult === true;
}

/** Rows behind links as long as they are allowed, else from the warehouse. */
function linkWhereAllowed(
  rowCount: number,
  expiryTime?: (page: number, count: number) => number,
): () => DoubleResult {
  return () => {
    const plain = counted(rowCount);
    return allowsLinks() ? linkPages(plain, double, expiryTime) : plain;
  };
}

async function read(signal?: AbortSignal) {
  return (await databricksTableSource(warehouse, query).read({ signal })).table;
}

async function expectRows(rowCount: number): Promise<void> {
  const table = await read();
  expect(table.columns.get('n')).toMatchObject({
    values: Float64Array.from({ length: rowCount }, (_, row) => row),
  });
  expect([rowAt(table, 3), rowAt(table, 14)]).toEqual([
    { n: 3, city: null },
    { n: 14, city: 'Graz 4' },
  ]);
}

describe('rows in packed Arrow', () => {
  test('are asked for where links are not, and unpacked', async () => {
    warehouse = { ...warehouse, cloudFetch: 'off' };
    double.onStatement = () => packPages(counted(35));
    await expectRows(35);
    const { request } = double.calls.find(({ method }) => method === 'ExecuteStatement')!;
    expect(request).toMatchObject({ canDecompressLZ4Result: true, canDownloadResult: false });
  });
});

describe("rows in the cloud's storage", () => {
  test.each([
    ['plain', (result: DoubleResult) => result],
    ['packed', packPages],
  ])('%s, are read in order, and the storage is never shown the token', async (_, pack) => {
    double.onStatement = () => linkPages({ ...counted(35), isPacked: pack === packPages }, double);
    await expectRows(35);
    expect(double.downloads.map(({ path }) => path)).toHaveLength(4);
    for (const { headers } of double.downloads) {
      expect(headers.authorization).toBeUndefined();
      expect(headers['x-wanted']).toBe('by the storage');
    }
  });

  test('come as the same objects where Arrow cannot be read', async () => {
    double.onStatement = () => linkPages(counted(35), double);
    const request = { sql: 'SELECT 1', subject: 'query', signal: undefined };
    const statement = await openStatement(warehouse, request);
    const options = { warehouse, arrow: undefined, subject: 'query', signal: undefined };
    const rows: unknown[] = [];
    for await (const piece of statementPieces(statement, options)) {
      if (!('cell' in piece)) throw new Error('the piece is in Arrow');
      for (let row = 0; row < piece.rowCount; row++) rows.push(piece.cell(0, row));
    }
    await statement.close();
    expect(rows).toEqual(Array.from({ length: 35 }, (_, row) => row));
  });

  test.each<['reset' | 503]>([['reset'], [503]])(
    'are downloaded again after one %s',
    async (fault) => {
      double.onStatement = () => linkPages(counted(35), double);
      double.onDownload = (path, count) => {
        if (!path.startsWith('/storage/1') || count > 1) return 'answer';
        return fault === 'reset' ? fault : { status: fault };
      };
      await expectRows(35);
      expect(double.downloads).toHaveLength(5);
    },
  );

  test.each<['reset' | 403 | 503]>([['reset'], [403], [503]])(
    'come from the warehouse where the storage stays out of reach: %s',
    async (fault) => {
      double.onStatement = linkWhereAllowed(35);
      double.onDownload = () => (fault === 'reset' ? fault : { status: fault });
      await expectRows(35);
      expect(double.methods().filter((method) => method === 'ExecuteStatement')).toHaveLength(2);
      expect(allowsLinks()).toBe(false);
    },
  );

  test.each([429, 503])(
    'are asked for again where the warehouse answers %i once',
    async (status) => {
      double.onStatement = () => linkPages(counted(35), double);
      double.onCall = (method, count) =>
        method === 'FetchResults' && count === 1 ? { status } : 'answer';
      await expectRows(35);
      expect(double.methods().filter((method) => method === 'ExecuteStatement')).toHaveLength(1);
    },
  );

  test('are asked for by their number where an answer with links got lost', async () => {
    double.onStatement = () => linkPages(counted(35), double);
    double.onCall = (method, count) =>
      method === 'FetchResults' && count === 2 ? 'lose' : 'answer';
    await expectRows(35);
    expect(double.methods().filter((method) => method === 'ExecuteStatement')).toHaveLength(1);
  });

  test('come from the warehouse where the links have expired', async () => {
    double.onStatement = linkWhereAllowed(35, () => Date.now() - 1);
    await expectRows(35);
    expect(double.downloads).toEqual([]);
    expect(allowsLinks()).toBe(false);
  });

  test('are left at once when the signal aborts while the storage is silent', async () => {
    double.onStatement = () => linkPages(counted(35), double);
    const controller = new AbortController();
    const reason = new Error('enough');
    double.onDownload = () => {
      controller.abort(reason);
      return 'stall';
    };
    await expect(read(controller.signal)).rejects.toBe(reason);
    expect(double.methods()).toContain('CloseSession');
  });
});

describe('a link to the storage, after rows were handed out,', () => {
  /** The rows that were handed out, in chunks of five, and what ended them. */
  async function readChunks(): Promise<{ rows: number[]; error: unknown }> {
    const rows: number[] = [];
    try {
      const source = databricksTableSource(warehouse, query);
      for await (const { table } of await source.open({ signature, batchRows: 5 })) {
        for (let row = 0; row < table.rowCount; row++) rows.push(rowAt(table, row)['n'] as number);
      }
    } catch (error) {
      return { rows, error };
    }
    return { rows, error: undefined };
  }

  const counts = (rowCount: number) => Array.from({ length: rowCount }, (_, row) => row);
  const statements = () => double.methods().filter((method) => method === 'ExecuteStatement');
  /** From which row on rows were asked for, where a fetch said so. */
  const offsets = () =>
    double.calls
      .map(({ request }) => (request as { startRowOffset?: object | null }).startRowOffset)
      .filter((offset) => offset != null)
      .map(Number);

  beforeEach(() => {
    double.onStatement = linkWhereAllowed(75);
  });

  test('is renewed where it has expired, and the query does not run again', async () => {
    const past = (page: number, count: number) => (page === 2 && count === 1 ? 1 : 2 ** 52);
    double.onStatement = linkWhereAllowed(75, past);
    expect(await readChunks()).toEqual({ rows: counts(75), error: undefined });
    expect(statements()).toHaveLength(1);
    expect(offsets()).toEqual([20, 30, 40, 50, 60, 70]);
  });

  test('is renewed again and again where every link lives but for a moment', async () => {
    const past = (page: number, count: number) => (page > 0 && count % 2 === 1 ? 1 : 2 ** 52);
    double.onStatement = linkWhereAllowed(75, past);
    expect(await readChunks()).toEqual({ rows: counts(75), error: undefined });
    expect(statements()).toHaveLength(1);
  });

  test('is renewed where the storage refuses it, as one that has expired on its clock', async () => {
    double.onDownload = (path) =>
      path.startsWith('/storage/2?signature=hush-1') ? { status: 403 } : 'answer';
    expect(await readChunks()).toEqual({ rows: counts(75), error: undefined });
    expect(offsets()[0]).toBe(20);
  });

  test('is renewed while the server is busy once', async () => {
    double.onStatement = linkWhereAllowed(75, (page, count) =>
      page === 2 && count === 1 ? 1 : 2 ** 52,
    );
    let renewals = 0;
    double.onCall = () => {
      if (offsets().at(-1) !== 20 || offsets().length > 1) return 'answer';
      return renewals++ === 0 ? { status: 503 } : 'answer';
    };
    expect(await readChunks()).toEqual({ rows: counts(75), error: undefined });
    expect(renewals).toBe(1);
  });

  test('is an error that says what to do where it stays refused, and no row is skipped', async () => {
    double.onDownload = (path) => (path.startsWith('/storage/2') ? { status: 403 } : 'answer');
    const { rows, error } = await readChunks();
    expect(rows).toEqual(counts(20));
    expect(error).toMatchObject({
      code: 'DATA_DATABRICKS_UNAVAILABLE',
      message: expect.stringMatching(/403.*databricks\.use_cloud_fetch/) as string,
    });
    expect(offsets().filter((offset) => offset === 20)).toHaveLength(2);
  });

  test.each([
    ['goes on where it was', 'ROWS'],
    ['has closed the query', 'CLOSED'],
  ])('is an error where a server asked for new links %s, and no row is skipped', async (_, way) => {
    double.onStatement = linkWhereAllowed(75, (page) => (page === 2 ? 1 : 2 ** 52));
    double.takesRowOffsets = false;
    if (way === 'CLOSED') double.fetchError = (request) => request['startRowOffset'] != null;
    const { rows, error } = await readChunks();
    expect(rows).toEqual(counts(20));
    expect(error).toMatchObject({
      code: 'DATA_DATABRICKS_UNAVAILABLE',
      message: expect.stringMatching(/expired.*databricks\.use_cloud_fetch/) as string,
    });
    expect(statements()).toHaveLength(1);
  });

  test.each([
    ['is cut off', (whole: Buffer) => whole.subarray(0, 400)],
    ['has no rows', (whole: Buffer) => whole.subarray(0, whole.indexOf('Graz') - 200)],
    ['is no Arrow', () => Buffer.from('<html>Please sign in</html>'.repeat(100))],
    ['is empty', () => Buffer.alloc(0)],
  ])('is an error where the file behind it %s', async (_, change) => {
    double.onDownload = (path) => {
      const whole = double.stored.get(path)!;
      if (path.startsWith('/storage/2')) double.stored.set(path, change(whole));
      return 'answer';
    };
    const { rows, error } = await readChunks();
    expect(rows).toEqual(counts(20));
    expect(error).toMatchObject({ code: 'DATA_DATABRICKS_UNAVAILABLE' });
  });

  test('is not shown with its signature where the connection breaks', async () => {
    double.onDownload = (path) => (path.startsWith('/storage/2') ? 'reset' : 'answer');
    const { rows, error } = await readChunks();
    expect(rows).toEqual(counts(20));
    expect(error).toMatchObject({ code: 'DATA_DATABRICKS_UNAVAILABLE' });
    expect((error as Error).message).toMatch(/\/storage\/2/);
    expect((error as Error).message).not.toMatch(/hush/);
  });
});
