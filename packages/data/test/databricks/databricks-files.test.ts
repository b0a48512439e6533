import { readdirSync, readlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rowAt } from '@gnu-mlops/core';
import { type WorkspaceDouble, startWorkspaceDouble } from '@gnu-mlops/test-kit';
import { databricksFileTableSource } from '../../src/databricks/databricks-file-table-source.ts';
import {
  databricksFileSource,
  deleteDatabricksFile,
  listDatabricksFolder,
  openDatabricksFile,
} from '../../src/databricks/databricks-files.ts';
import { dbfsFileSink } from '../../src/databricks/dbfs-file-sink.ts';
import { parseDatabricksPath } from '../../src/databricks/file-path.ts';
import {
  type DatabricksWorkspace,
  openDatabricksWorkspace,
} from '../../src/databricks/open-workspace.ts';

let double: WorkspaceDouble;
let workspace: DatabricksWorkspace;
const mebibyte = 1024 * 1024;
const volume = '/Volumes/main/default/data';

beforeEach(async () => {
  double = await startWorkspaceDouble();
  workspace = connect('good');
});

afterEach(() => double.close());

function connect(token: string): DatabricksWorkspace {
  return openDatabricksWorkspace({ host: double.host, credentials: { token }, maxAttempts: 3 });
}

async function readAll(path: string, signal?: AbortSignal): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of await databricksFileSource(workspace, path).open({ signal })) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

async function writeAll(path: string, content: Uint8Array): Promise<void> {
  const sink = await openDatabricksFile(workspace, path);
  try {
    for (let from = 0; from < content.length; from += 700_000) {
      await sink.write(content.subarray(from, from + 700_000));
    }
    await sink.commit();
  } finally {
    await sink.abort();
  }
}

/** The file that a descriptor is of; none of one that is closed meanwhile. */
function linkOf(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return '';
  }
}

function numbered(bytes: number): Buffer {
  return Buffer.from(Uint32Array.from({ length: bytes / 4 }, (_, index) => index).buffer);
}

describe.each([
  ['a volume', `${volume}/ordner/größe + 100%.csv`],
  ['DBFS', 'dbfs:/FileStore/ordner/größe + 100%.csv'],
])('a file of %s', (_, path) => {
  test('is written, read back, listed and deleted', async () => {
    const content = numbered(2.5 * mebibyte);
    await writeAll(path, content);
    expect([...double.files.keys()]).toEqual([path]);
    expect((await readAll(path)).equals(content)).toBe(true);
    const folder = path.slice(0, path.lastIndexOf('/'));
    expect(await listDatabricksFolder(workspace, folder)).toEqual([
      { path, kind: 'file', sizeBytes: content.length },
    ]);
    await deleteDatabricksFile(workspace, path);
    expect(double.files.size).toBe(0);
  });

  test('is replaced as a whole, and stands until the commit', async () => {
    await writeAll(path, Buffer.from('old'));
    const sink = await openDatabricksFile(workspace, path);
    await sink.write('new');
    expect((await readAll(path)).toString()).toBe('old');
    await sink.commit();
    await sink.abort();
    expect((await readAll(path)).toString()).toBe('new');
    expect(double.files.size).toBe(1);
  });

  test('leaves nothing behind when it is aborted', async () => {
    const sink = await openDatabricksFile(workspace, path);
    await sink.write(numbered(2 * mebibyte));
    await sink.abort();
    expect(double.files.size).toBe(0);
  });

  test('may be empty', async () => {
    await writeAll(path, Buffer.alloc(0));
    expect((await readAll(path)).length).toBe(0);
  });

  test.skipIf(process.platform !== 'linux')(
    'holds no temporary file any more where the server cannot be reached',
    async () => {
      const fetch = () => Promise.reject(new TypeError('fetch failed'));
      const options = { host: double.host, credentials: { token: 'good' }, maxAttempts: 2, fetch };
      workspace = openDatabricksWorkspace(options);
      await expect(writeAll(path, numbered(2 * mebibyte))).rejects.toMatchObject({
        code: 'DATA_DATABRICKS_UNAVAILABLE',
      });
      const held = readdirSync('/proc/self/fd').map(linkOf);
      expect(held.filter((file) => file.includes('gnu-mlops-upload-'))).toEqual([]);
    },
  );

  test('throws DATA_DATABRICKS_NOT_FOUND where it is missing', async () => {
    await expect(readAll(path)).rejects.toMatchObject({
      code: 'DATA_DATABRICKS_NOT_FOUND',
      subject: path,
    });
  });

  test('is a table', async () => {
    await writeAll(path, Buffer.from('n,city\n1,Graz\n'));
    const source = databricksFileTableSource(workspace, path);
    expect(source).toMatchObject({ name: 'größe + 100%.csv', uri: path });
    const { table } = await source.read();
    expect(rowAt(table, 0)).toEqual({ n: 1, city: 'Graz' });
  });

  test('stops when the signal aborts', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(readAll(path, signal)).rejects.toThrow('enough');
    expect(double.calls).toEqual([]);
  });
});

describe('a file of a volume whose path is written with a scheme', () => {
  const path = `dbfs:${volume}/rows.csv`;
  const named = { subject: path, message: expect.stringContaining(`"${path}"`) as string };

  test('is named so where it is missing', async () => {
    expect(databricksFileSource(workspace, path).name).toBe(path);
    await expect(readAll(path)).rejects.toMatchObject(named);
    await expect(deleteDatabricksFile(workspace, path)).rejects.toMatchObject(named);
  });

  test('is named so where it cannot be written', async () => {
    double.onCall = () => ({ status: 403 });
    await expect(writeAll(path, Buffer.from('n\n1\n'))).rejects.toMatchObject(named);
  });

  test('is listed so, and named so where it holds what no table does', async () => {
    double.files.set(`${volume}/rows.csv`, Buffer.from('n,n\n1,2\n'));
    const folder = `dbfs:${volume}/`;
    expect(await listDatabricksFolder(workspace, folder)).toMatchObject([{ path }]);
    await expect(databricksFileTableSource(workspace, folder).read()).rejects.toMatchObject({
      message: named.message,
    });
  });
});

describe('the shape of requests', () => {
  test('a volume takes raw bytes of a known number', async () => {
    await writeAll(`${volume}/a b.csv`, Buffer.from('12345'));
    expect(double.calls).toHaveLength(1);
    const [call] = double.calls;
    expect(call).toMatchObject({
      method: 'PUT',
      path: `/api/2.0/fs/files${volume}/a b.csv`,
      query: { overwrite: 'true' },
      body: Buffer.from('12345'),
    });
    expect(call!.headers['content-length']).toBe('5');
    expect(call!.headers['content-type']).toBe('application/octet-stream');
    expect(call!.headers.authorization).toBe('Bearer good');
  });

  test('DBFS takes a file in one request that replaces the old one, whose number of bytes is known', async () => {
    double.files.set('dbfs:/größe.bin', Buffer.from('old'));
    await writeAll('dbfs:/größe.bin', numbered(2.5 * mebibyte));
    expect(double.calls).toHaveLength(1);
    const { method, path, headers } = double.calls[0]!;
    expect([method, path]).toEqual(['POST', '/api/2.0/dbfs/put']);
    expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(Number(headers['content-length'])).toBeGreaterThan(2.5 * mebibyte);
    expect(headers['transfer-encoding']).toBeUndefined();
  });

  test('a folder is listed page by page, as one table in the order of its files', async () => {
    for (const name of ['c.csv', 'a.csv', 'b.csv', '_SUCCESS', '.hidden.csv']) {
      double.files.set(`${volume}/parts/${name}`, Buffer.from(`n\n${name.charCodeAt(0)}\n`));
    }
    const { table } = await databricksFileTableSource(workspace, `${volume}/parts/`).read();
    expect([0, 1, 2].map((row) => rowAt(table, row)['n'])).toEqual([97, 98, 99]);
    const pages = double.calls.filter(({ path }) => path.includes('/directories/'));
    expect(pages.map(({ query }) => query['page_token'])).toEqual([undefined, '2', '4']);
  });

  test.each([volume, 'dbfs:/data'])(
    'a folder of %s has many small files and empty ones, each of which is asked for at most once',
    async (folder) => {
      const path = (n: number) => `${folder}/many/part-${String(n).padStart(3, '0')}.csv`;
      for (let n = 0; n < 40; n++) double.files.set(path(n), Buffer.from(`n\n${n}\n`));
      double.files.set(path(40), Buffer.alloc(0));
      const { table } = await databricksFileTableSource(workspace, `${folder}/many/`).read();
      const numbers = Array.from({ length: 40 }, (_, n) => n);
      expect(numbers.map((row) => rowAt(table, row)['n'])).toEqual(numbers);
      const reads = double.calls.filter(({ path: asked }) => /\/fs\/files|dbfs\/read/.test(asked));
      expect(reads).toHaveLength(40);
    },
  );
});

describe('a server that is busy or breaks off', () => {
  const path = `${volume}/object`;
  const content = numbered(2 * mebibyte);

  test('is asked for the rest of a file', async () => {
    double.files.set(path, content);
    double.onCall = (_, count) => (count < 3 ? { resetAfterBytes: 700_000 } : 'answer');
    expect((await readAll(path)).equals(content)).toBe(true);
    expect(double.calls.map(({ headers }) => headers.range !== undefined)).toEqual([
      false,
      true,
      true,
    ]);
  });

  test('is not believed when it sends the whole file instead of the rest', async () => {
    const pieces = ['0123', '0123456789'];
    workspace = openDatabricksWorkspace({
      host: double.host,
      credentials: { token: 'good' },
      fetch: async () => new Response(pieces.shift(), { headers: { 'content-length': '10' } }),
    });
    await expect(readAll(path)).rejects.toMatchObject({
      code: 'DATA_DATABRICKS_UNAVAILABLE',
      message: expect.stringContaining('cannot go on') as string,
    });
  });

  test.each([408, 429, 500, 502, 503, 504])('is sent the file again after %i', async (status) => {
    double.onCall = (_, count) => (count === 1 ? { status } : 'answer');
    await writeAll(path, content);
    expect(double.files.get(path)!.equals(content)).toBe(true);
    expect(double.calls).toHaveLength(2);
  });

  test('is sent the file again after a reset', async () => {
    double.onCall = (_, count) => (count === 1 ? 'reset' : 'answer');
    await writeAll(path, content);
    expect(double.files.get(path)!.equals(content)).toBe(true);
  });

  test('is sent a file of DBFS again after a reset', async () => {
    double.files.set('dbfs:/a.bin', Buffer.from('old'));
    double.onCall = (_, count) => (count === 1 ? 'reset' : 'answer');
    await writeAll('dbfs:/a.bin', content);
    expect(double.files.get('dbfs:/a.bin')!.equals(content)).toBe(true);
    expect([...double.files.keys()]).toEqual(['dbfs:/a.bin']);
  });

  test('throws DATA_DATABRICKS_UNAVAILABLE when it stays busy', async () => {
    double.onCall = () => ({ status: 503, json: { message: 'Warming up.' } });
    await expect(readAll(path)).rejects.toMatchObject({
      code: 'DATA_DATABRICKS_UNAVAILABLE',
      message: expect.stringMatching(/Warming up/) as string,
    });
    expect(double.calls).toHaveLength(3);
  });

  test('is given the time that it asks for', async () => {
    double.files.set(path, content);
    const headers = { 'retry-after': '1' };
    double.onCall = (_, count) => (count === 1 ? { status: 429, headers } : 'answer');
    const begun = performance.now();
    await readAll(path);
    expect(performance.now() - begun).toBeGreaterThan(990);
  });
});

describe('a file of DBFS that is too long for one request', () => {
  const path = '/folder/a.bin';
  const content = numbered(2.5 * mebibyte);
  const commands = () => double.paths().map((each) => each.split('/').at(-1));

  async function writeBlocks(signal?: AbortSignal): Promise<void> {
    const file = parseDatabricksPath(`dbfs:${path}`);
    const sink = await dbfsFileSink(workspace, file, { signal, manyBytes: mebibyte });
    try {
      await sink.write(content);
      await sink.commit();
    } finally {
      await sink.abort();
    }
  }

  test('goes in blocks of a megabyte under a hidden name, and gets its own name last', async () => {
    await writeBlocks();
    const blocks = Array<string>(3).fill('add-block');
    expect(commands()).toEqual(['create', ...blocks, 'close', 'move']);
    expect(double.calls.at(-1)!.body).toMatchObject({ destination_path: path });
    expect([...double.files]).toEqual([[`dbfs:${path}`, content]]);
  });

  test('replaces another, which is deleted only once all is there', async () => {
    double.files.set(`dbfs:${path}`, Buffer.from('old'));
    await writeBlocks();
    expect(commands().slice(-4)).toEqual(['close', 'move', 'delete', 'move']);
    expect([...double.files]).toEqual([[`dbfs:${path}`, content]]);
  });

  test('is never sent a block twice that it may have, and leaves nothing where it fails', async () => {
    double.files.set(`dbfs:${path}`, Buffer.from('old'));
    double.onCall = ({ path: called }) => (called.endsWith('add-block') ? 'reset' : 'answer');
    await expect(writeBlocks()).rejects.toMatchObject({ code: 'DATA_DATABRICKS_UNAVAILABLE' });
    expect(commands().filter((command) => command === 'add-block')).toHaveLength(1);
    expect([...double.files]).toEqual([[`dbfs:${path}`, Buffer.from('old')]]);
  });

  test('is not sent a block again after an error that came with doing it', async () => {
    double.onCall = ({ path: called }) =>
      called.endsWith('add-block') ? { status: 500 } : 'answer';
    await expect(writeBlocks()).rejects.toMatchObject({ code: 'DATA_DATABRICKS_UNAVAILABLE' });
    expect(commands().filter((command) => command === 'add-block')).toHaveLength(1);
    expect(double.files.size).toBe(0);
  });

  test('gets its name though it is aborted, once the other has been deleted', async () => {
    const controller = new AbortController();
    double.files.set(`dbfs:${path}`, Buffer.from('old'));
    double.onCall = ({ path: called }) => {
      if (called.endsWith('/delete')) controller.abort(new Error('enough'));
      return 'answer';
    };
    await writeBlocks(controller.signal);
    expect([...double.files]).toEqual([[`dbfs:${path}`, content]]);
  });

  test('is left under its hidden name where the last move fails, and the error names it', async () => {
    double.files.set(`dbfs:${path}`, Buffer.from('old'));
    double.onCall = ({ path: called }, count) =>
      called.endsWith('/move') && count === 2 ? 'reset' : 'answer';
    const error = (await writeBlocks().catch((thrown: unknown) => thrown)) as Error;
    expect(error).toMatchObject({ code: 'DATA_DATABRICKS_UNAVAILABLE' });
    const [[left, bytes]] = [...double.files] as [[string, Buffer]];
    expect(left).toMatch(/^dbfs:\/folder\/\.a\.bin\./);
    expect(bytes.equals(content)).toBe(true);
    expect(error.message).toContain(left);
  });

  test('leaves nothing behind when it is aborted on the way', async () => {
    const controller = new AbortController();
    double.onCall = ({ path: called }, count) => {
      if (called.endsWith('add-block') && count === 2) controller.abort(new Error('enough'));
      return 'answer';
    };
    await expect(writeBlocks(controller.signal)).rejects.toThrow('enough');
    expect(double.files.size).toBe(0);
  });
});

describe('what the server refuses', () => {
  test('throws DATA_DATABRICKS_FORBIDDEN for a bad token, which no message holds', async () => {
    workspace = connect('dapi-secret-token');
    const error = (await readAll(`${volume}/x`).catch((thrown: unknown) => thrown)) as Error;
    expect(error).toMatchObject({ code: 'DATA_DATABRICKS_FORBIDDEN' });
    expect(error.message).not.toMatch(/secret-token/);
  });

  test('throws DATA_DATABRICKS_REQUEST_FAILED with the server’s code and words', async () => {
    const json = { error_code: 'INVALID_PARAMETER_VALUE', message: 'Bad path.' };
    double.onCall = () => ({ status: 400, json });
    await expect(readAll(`${volume}/x`)).rejects.toMatchObject({
      code: 'DATA_DATABRICKS_REQUEST_FAILED',
      reason: 'INVALID_PARAMETER_VALUE',
      message: expect.stringMatching(/Bad path \(INVALID_PARAMETER_VALUE\)/) as string,
    });
  });

  test.each(['/tmp/x.csv', 'dbfs:x', '/Volumes/main/default', `${volume}/../x`, 's3://b/k'])(
    'throws DATA_DATABRICKS_NAME_INVALID for the path %s',
    (path) => {
      expect(() => databricksFileSource(workspace, path)).toThrow(
        expect.objectContaining({ code: 'DATA_DATABRICKS_NAME_INVALID' }),
      );
    },
  );
});

describe('OAuth of a service principal', () => {
  function connectClient(clientSecret: string, now?: () => number): DatabricksWorkspace {
    const credentials = { clientId: 'client', clientSecret };
    return openDatabricksWorkspace({ host: double.host, credentials, ...(now && { now }) });
  }

  test('asks for one token, however many need it at once', async () => {
    workspace = connectClient('hush');
    double.files.set(`${volume}/x`, Buffer.from('x'));
    await Promise.all([readAll(`${volume}/x`), readAll(`${volume}/x`)]);
    await readAll(`${volume}/x`);
    expect(double.paths().filter((path) => path === '/oidc/v1/token')).toHaveLength(1);
    expect(double.calls.at(-1)!.headers.authorization).toBe('Bearer fresh-1');
  });

  test('renews the token a minute before its end', async () => {
    let now = 0;
    workspace = connectClient('hush', () => now);
    expect(await workspace.accessToken()).toBe('fresh-1');
    now = 3_539_999;
    expect(await workspace.accessToken()).toBe('fresh-1');
    now = 3_540_000;
    expect(await workspace.accessToken()).toBe('fresh-2');
  });

  test('signs in anew where the token ends while the server has us wait', async () => {
    let now = 0;
    workspace = connectClient('hush', () => now);
    double.files.set(`${volume}/x`, Buffer.from('x'));
    double.onCall = ({ path }, count) => {
      if (!path.endsWith('/x') || count > 1) return 'answer';
      now = 3_600_000;
      return { status: 503 };
    };
    await readAll(`${volume}/x`);
    expect(double.calls.at(-1)!.headers.authorization).toBe('Bearer fresh-2');
  });

  test('throws DATA_DATABRICKS_FORBIDDEN for a wrong secret, which no message holds', async () => {
    workspace = connectClient('wrong-secret');
    const error = (await readAll(`${volume}/x`).catch((thrown: unknown) => thrown)) as Error;
    expect(error).toMatchObject({ code: 'DATA_DATABRICKS_FORBIDDEN' });
    expect(error.message).toMatch(/Client authentication failed/);
    expect(error.message).not.toMatch(/wrong-secret/);
  });

  test('asks again after a failure', async () => {
    workspace = connectClient('hush');
    double.onCall = (_, count) => (count === 1 ? { status: 400, json: {} } : 'answer');
    await expect(workspace.accessToken()).rejects.toThrow();
    expect(await workspace.accessToken()).toBe('fresh-1');
  });
});
