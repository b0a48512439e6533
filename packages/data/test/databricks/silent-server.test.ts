import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Int32, Table as ArrowTable, vectorFromArray } from 'apache-arrow';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  databricksFileSource,
  listDatabricksFolder,
  openDatabricksFile,
} from '../../src/databricks/databricks-files.ts';
import { databricksTableSource } from '../../src/databricks/databricks-table-source.ts';
import {
  type DatabricksWorkspace,
  type WorkspaceOptions,
  openDatabricksWorkspace,
} from '../../src/databricks/open-workspace.ts';
import { arrowPages, linkPages } from './arrow-pages.ts';
import { connectWarehouse } from './connect-warehouse.ts';
import { type WarehouseDouble, startWarehouseDouble } from './warehouse-double.ts';

const volumePath = '/Volumes/main/default/data/rows.csv';
const isSilent = {
  code: 'DATA_DATABRICKS_UNAVAILABLE',
  message: expect.stringContaining('the server was silent for 0.3 s') as string,
};

type Answer = (request: IncomingMessage, response: ServerResponse, count: number) => unknown;

/** A workspace that answers so. */
async function serve(answer: Answer, options: Partial<WorkspaceOptions> = {}) {
  const urls: string[] = [];
  const server = createServer((request, response) => {
    void answer(request, response, urls.push(request.url!));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const workspace = openDatabricksWorkspace({
    host: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { token: 'good' },
    maxAttempts: 2,
    timeoutMs: 300,
    ...options,
  });
  return { workspace, urls };
}

async function readAll(workspace: DatabricksWorkspace): Promise<string> {
  const pieces: Uint8Array[] = [];
  const stream = await databricksFileSource(workspace, volumePath).open();
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

describe.concurrent('a REST API', () => {
  test('that never answers is given up', async () => {
    const { workspace, urls } = await serve(() => {});
    await expect(listDatabricksFolder(workspace, 'dbfs:/')).rejects.toMatchObject(isSilent);
    expect(urls).toHaveLength(2);
  });

  test('that falls silent within its answer is given up', async () => {
    const { workspace, urls } = await serve((_, response) =>
      response.writeHead(200).write('{"files":'),
    );
    await expect(listDatabricksFolder(workspace, 'dbfs:/')).rejects.toMatchObject(isSilent);
    expect(urls).toHaveLength(2);
  });

  test('that is silent once is asked again', async () => {
    const { workspace } = await serve((_, response, count) => count > 1 && response.end('{}'));
    expect(await listDatabricksFolder(workspace, 'dbfs:/')).toEqual([]);
  });

  test('that never answers a sign-in is given up', async () => {
    const credentials = { clientId: 'client', clientSecret: 'hush' };
    const { workspace, urls } = await serve(() => {}, { credentials });
    await expect(listDatabricksFolder(workspace, 'dbfs:/')).rejects.toMatchObject(isSilent);
    expect(urls).toEqual(['/oidc/v1/token', '/oidc/v1/token']);
  });

  test('that takes a file and never answers is given up', async () => {
    const { workspace } = await serve((request) => request.resume());
    const sink = await openDatabricksFile(workspace, volumePath);
    await sink.write(Buffer.alloc(2 ** 20));
    await expect(sink.commit()).rejects.toMatchObject(isSilent);
    await sink.abort();
  });

  test('that sends slowly, but never stops, is waited for', async () => {
    const pieces = ['n\n', '1\n', '2\n', '3\n', '4\n'];
    const slowly: Answer = async (_, response) => {
      for (const piece of pieces) {
        response.write(piece);
        await wait(100);
      }
      response.end();
    };
    const { workspace } = await serve(slowly, { maxAttempts: 1 });
    expect(await readAll(workspace)).toBe(pieces.join(''));
  });

  test('that takes slowly, but never stops, is waited for', async () => {
    let taken = 0;
    const { workspace } = await serve(() => {}, {
      maxAttempts: 1,
      fetch: async (_, request) => {
        for await (const piece of request!.body as ReadableStream<Uint8Array>) {
          taken += piece.length;
          await wait(100);
        }
        return new Response();
      },
    });
    const sink = await openDatabricksFile(workspace, volumePath);
    await sink.write(Buffer.alloc(300_000));
    await sink.commit();
    expect(taken).toBe(300_000);
  });

  test('that falls silent within a file is asked for the rest', async () => {
    const { workspace } = await serve(({ headers }, response, count) => {
      if (count === 1) return response.writeHead(200, { 'content-length': '6' }).write('n\n1\n');
      const part = { 'content-range': 'bytes 4-5/6', 'content-length': '2' };
      return response.writeHead(206, part).end(`${headers.range!.length}\n`);
    });
    expect(await readAll(workspace)).toBe('n\n1\n8\n');
  });

  test('is not silent while nobody reads what it sends', async () => {
    const content = Buffer.alloc(8 * 2 ** 20, 'x');
    const { workspace } = await serve((_, response) => response.end(content), { maxAttempts: 1 });
    const stream = await databricksFileSource(workspace, volumePath).open();
    let sizeBytes = 0;
    for await (const piece of stream) {
      if (sizeBytes === 0) await wait(600);
      sizeBytes += piece.length;
    }
    expect(sizeBytes).toBe(content.length);
  });

  test.each([0, 1.5, NaN, 2 ** 31])('cannot have a limit of %d ms', (timeoutMs) => {
    const credentials = { token: 'good' };
    const open = () => openDatabricksWorkspace({ host: 'https://x', credentials, timeoutMs });
    expect(open).toThrow(
      expect.objectContaining({ code: 'DATA_OPTION_INVALID', option: 'timeoutMs' }),
    );
  });
});

describe.concurrent('a warehouse', () => {
  async function start(maxAttempts = 2) {
    const double = await startWarehouseDouble();
    onTestFinished(() => double.close());
    double.onStatement = () => counted();
    const warehouse = connectWarehouse(double, { maxAttempts, timeoutMs: 300 });
    const read = () => databricksTableSource(warehouse, { query: 'SELECT 1' }).read();
    return { double, read };
  }

  function counted() {
    const n = vectorFromArray([1, 2, 3], new Int32());
    const columns = [{ name: 'n', type: 'INT_TYPE' }] as const;
    return { columns, format: 'ARROW_BASED_SET', ...arrowPages(new ArrowTable({ n }), 2) } as const;
  }

  const callsOf = (double: WarehouseDouble, method: string) =>
    double.methods().filter((called) => called === method);

  test.each(['OpenSession', 'ExecuteStatement', 'FetchResults'])(
    'that never answers is given up: %s',
    async (method) => {
      const { double, read } = await start();
      double.onCall = (called) => (called === method ? 'stall' : 'answer');
      await expect(read()).rejects.toMatchObject(isSilent);
      expect(callsOf(double, method)).toHaveLength(2);
    },
  );

  test('that says no more how far a query is, is given up', async () => {
    const { double, read } = await start(1);
    double.onCall = (called) => (called === 'GetOperationStatus' ? 'stall' : 'answer');
    await expect(read()).rejects.toMatchObject({ code: 'DATA_DATABRICKS_UNAVAILABLE' });
  });

  test.each(['OpenSession', 'ExecuteStatement', 'GetOperationStatus', 'FetchResults'])(
    'that is silent once is asked again: %s',
    async (method) => {
      const { double, read } = await start();
      double.onCall = (called, count) => (called === method && count === 1 ? 'stall' : 'answer');
      expect((await read()).table.rowCount).toBe(3);
    },
  );

  test('sends the rows itself where the storage that links point to is silent', async () => {
    const { double, read } = await start();
    double.onStatement = () => {
      const { request } = double.calls.at(-1)!;
      return request['canDownloadResult'] === true ? linkPages(counted(), double) : counted();
    };
    double.onDownload = () => 'stall';
    expect((await read()).table.rowCount).toBe(3);
    expect(double.downloads).not.toEqual([]);
  });

  test('may run a query for longer than it may be silent', async () => {
    const { double, read } = await start(1);
    double.runningPolls = 5;
    expect((await read()).table.rowCount).toBe(3);
    expect(callsOf(double, 'ExecuteStatement')).toHaveLength(1);
  });
});
