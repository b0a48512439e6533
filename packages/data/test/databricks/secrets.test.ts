import { afterEach, beforeEach, expect, test } from 'vitest';
import { databricksTableSource } from '../../src/databricks/databricks-table-source.ts';
import {
  databricksFileSource,
  listDatabricksFolder,
} from '../../src/databricks/databricks-files.ts';
import { openDatabricksWorkspace } from '../../src/databricks/open-workspace.ts';
import { deepText } from '../deep-text.ts';
import { connectWarehouse } from './connect-warehouse.ts';
import {
  type WarehouseDouble,
  type WarehouseFault,
  startWarehouseDouble,
} from './warehouse-double.ts';

const secrets = /HUSH|Bearer|Basic/;

async function errorOf(work: Promise<unknown>, code: string): Promise<Error> {
  const error = (await work.catch((thrown: unknown) => thrown)) as Error;
  expect(error).toMatchObject({ code });
  expect(deepText(error)).not.toMatch(secrets);
  return error;
}

function workspaceOf(fetchUrl: typeof fetch) {
  const credentials = { token: 'HUSH-token' };
  const host = 'https://dbc-1.cloud.databricks.com';
  return openDatabricksWorkspace({ host, credentials, maxAttempts: 1, fetch: fetchUrl });
}

test('an error for a connection that breaks holds no secret at any depth, and says why', async () => {
  const workspace = workspaceOf(async (_, request) => {
    const cause = Object.assign(new Error('other side closed'), {
      code: 'UND_ERR_SOCKET',
      request,
    });
    throw new TypeError('fetch failed', { cause });
  });
  const listing = listDatabricksFolder(workspace, 'dbfs:/');
  const error = await errorOf(listing, 'DATA_DATABRICKS_UNAVAILABLE');
  expect(error.cause).toMatchObject({
    name: 'TypeError',
    message: 'fetch failed',
    cause: { message: 'other side closed', code: 'UND_ERR_SOCKET' },
  });
});

test('an error for a download that breaks off holds no secret at any depth', async () => {
  const workspace = workspaceOf(async (_, request) => {
    const broken = Object.assign(new TypeError('terminated'), { request });
    return new Response(new ReadableStream({ start: (controller) => controller.error(broken) }));
  });
  const reading = (async () => {
    const file = databricksFileSource(workspace, '/Volumes/main/default/data/rows.csv');
    for await (const _ of await file.open()) continue;
  })();
  const error = await errorOf(reading, 'DATA_DATABRICKS_UNAVAILABLE');
  expect(error.cause).toMatchObject({ message: 'terminated' });
});

test.each(['HUSH-token', '{"access_token": "HUSH-token"', '{"access_token": HUSH}'])(
  'an error for a sign-in whose answer is no JSON repeats none of it: %s',
  async (text) => {
    const workspace = openDatabricksWorkspace({
      host: 'https://x',
      credentials: { clientId: 'client', clientSecret: 'HUSH-secret' },
      fetch: async () => new Response(text),
    });
    await errorOf(workspace.accessToken(), 'DATA_DATABRICKS_REQUEST_FAILED');
  },
);

let double: WarehouseDouble;

beforeEach(async () => {
  double = await startWarehouseDouble();
});

afterEach(() => double.close());

test.each<[string, WarehouseFault, string]>([
  ['OpenSession', { status: 403 }, 'DATA_DATABRICKS_FORBIDDEN'],
  ['OpenSession', { status: 400 }, 'DATA_DATABRICKS_REQUEST_FAILED'],
  ['ExecuteStatement', { status: 503 }, 'DATA_DATABRICKS_UNAVAILABLE'],
  ['ExecuteStatement', 'reset', 'DATA_DATABRICKS_UNAVAILABLE'],
  ['GetOperationStatus', { status: 404 }, 'DATA_DATABRICKS_NOT_FOUND'],
  ['GetResultSetMetadata', { status: 500 }, 'DATA_DATABRICKS_UNAVAILABLE'],
  ['none', 'answer', 'DATA_DATABRICKS_NOT_FOUND'],
])(
  'an error of the driver for %s, %j, holds no secret at any depth',
  async (method, fault, code) => {
    double.onStatement = () => ({ error: '[TABLE_OR_VIEW_NOT_FOUND] No. SQLSTATE: 42P01' });
    double.onCall = (called) => (called === method ? fault : 'answer');
    if (method === 'GetResultSetMetadata') {
      double.onStatement = () => ({ columns: [], format: 'ARROW_BASED_SET', pages: [] });
    }
    const warehouse = connectWarehouse(double, { maxAttempts: 1 });
    const reading = databricksTableSource(warehouse, { query: 'SELECT 1' }).read();
    const { cause } = await errorOf(reading, code);
    expect(cause).toMatchObject({ stack: expect.stringMatching(/\n {4}at /) as string });
    expect(Object.keys(cause as object)).not.toContain('response');
  },
);
