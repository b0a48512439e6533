import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import {
  databricksFileSource,
  deleteDatabricksFile,
  listDatabricksFolder,
  openDatabricksFile,
} from '../../src/databricks/databricks-files.ts';
import { openDatabricksWorkspace } from '../../src/databricks/open-workspace.ts';

const volumePath = '/Volumes/main/default/data/rows.csv';

/** A workspace whose answers are given one after the other, the last one again and again. */
function answering(...answers: (() => Response)[]) {
  const urls: string[] = [];
  const workspace = openDatabricksWorkspace({
    host: 'https://dbc-1.cloud.databricks.com',
    credentials: { token: 'good' },
    maxAttempts: 3,
    fetch: async (url) => {
      urls.push(String(url));
      return answers[Math.min(urls.length, answers.length) - 1]!();
    },
  });
  return { workspace, urls };
}

const json = (value: unknown) => () => Response.json(value);

/** An answer that breaks off behind its text. */
function broken(text: string, init: ResponseInit = {}): () => Response {
  return () => {
    let isSent = false;
    const body = new ReadableStream({
      async pull(controller) {
        if (isSent) {
          // What is on its way when a stream fails does not arrive.
          await wait(20);
          return controller.error(new TypeError('terminated'));
        }
        isSent = true;
        controller.enqueue(Buffer.from(text));
      },
    });
    return new Response(body, init);
  };
}

async function readAll(source: ReturnType<typeof databricksFileSource>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of await source.open()) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

test.each(['dapi-hush\nnext', 'dapi hush', '', 'dapi-hush\u0000'])(
  'a token that no header takes is refused before it is sent, and not repeated: %j',
  (token) => {
    const open = () => openDatabricksWorkspace({ host: 'https://x', credentials: { token } });
    expect(open).toThrow(expect.objectContaining({ code: 'DATA_OPTION_INVALID' }));
    expect(open).not.toThrow(/hush/);
  },
);

test('an answer to a sign-in with no token that a header takes is refused, and not repeated', async () => {
  const workspace = openDatabricksWorkspace({
    host: 'https://x',
    credentials: { clientId: 'client', clientSecret: 'hush' },
    fetch: async () => Response.json({ access_token: 'hush\nnext' }),
  });
  const error = (await workspace.accessToken().catch((thrown: unknown) => thrown)) as Error;
  expect(error).toMatchObject({ code: 'DATA_DATABRICKS_FORBIDDEN' });
  expect(error.message).not.toMatch(/hush/);
});

test('an abort does not wait for a sign-in that gets no answer', async () => {
  const controller = new AbortController();
  const reason = new Error('enough');
  const workspace = openDatabricksWorkspace({
    host: 'https://x',
    credentials: { clientId: 'client', clientSecret: 'hush' },
    fetch: () => {
      controller.abort(reason);
      return new Promise(() => {});
    },
  });
  await expect(listDatabricksFolder(workspace, 'dbfs:/', controller)).rejects.toBe(reason);
});

test.each([0, NaN, 1.5])('%d tries are refused', (maxAttempts) => {
  const open = () =>
    openDatabricksWorkspace({ host: 'https://x', credentials: { token: 'good' }, maxAttempts });
  expect(open).toThrow(expect.objectContaining({ code: 'DATA_OPTION_INVALID' }));
});

test('JSON that breaks off is asked for again', async () => {
  const file = { path: '/rows.csv', is_dir: false, file_size: 4 };
  const { workspace, urls } = answering(broken('{"files": ['), json({ files: [file] }));
  expect(await listDatabricksFolder(workspace, 'dbfs:/')).toEqual([
    { path: 'dbfs:/rows.csv', kind: 'file', sizeBytes: 4 },
  ]);
  expect(urls).toHaveLength(2);
});

test.each([['null'], ['7'], ['<html>']])('%s where JSON is due is an error', async (text) => {
  const { workspace } = answering(() => new Response(text));
  await expect(listDatabricksFolder(workspace, 'dbfs:/')).rejects.toMatchObject({
    code: 'DATA_DATABRICKS_REQUEST_FAILED',
  });
});

describe('a web page in place of an answer', () => {
  const headers = { 'content-type': 'Text/HTML; charset=utf-8' };
  const page = () => new Response('<!DOCTYPE html><title>Sign in</title>', { headers });
  const refusal = {
    code: 'DATA_DATABRICKS_UNAVAILABLE',
    message: expect.stringContaining('a web page came instead of its answer') as string,
  };

  test.each([volumePath, 'dbfs:/rows.csv'])('is not read as the file %s', async (path) => {
    const { workspace, urls } = answering(page);
    await expect(readAll(databricksFileSource(workspace, path))).rejects.toMatchObject(refusal);
    expect(urls).toHaveLength(1);
  });

  test('is not read as the rest of a file', async () => {
    const start = broken('n\n1\n', { headers: { 'content-length': '8' } });
    const { workspace } = answering(start, page);
    const reading = readAll(databricksFileSource(workspace, volumePath));
    await expect(reading).rejects.toMatchObject(refusal);
  });

  test.each([volumePath, 'dbfs:/rows.csv'])('is no sign that %s is written', async (path) => {
    const sink = await openDatabricksFile(answering(page).workspace, path);
    await expect(sink.commit()).rejects.toMatchObject(refusal);
    await sink.abort();
  });

  test.each([volumePath, 'dbfs:/rows.csv'])('is no sign that %s is deleted', async (path) => {
    const deleting = deleteDatabricksFile(answering(page).workspace, path);
    await expect(deleting).rejects.toMatchObject(refusal);
  });

  test('is no token', async () => {
    const credentials = { clientId: 'client', clientSecret: 'hush' };
    const options = { host: 'https://x', credentials, fetch: async () => page() };
    const { accessToken } = openDatabricksWorkspace(options);
    await expect(accessToken()).rejects.toMatchObject(refusal);
  });

  test('is read where the file is one by its name', async () => {
    const path = '/Volumes/main/default/data/report.HTML';
    const text = await readAll(databricksFileSource(answering(page).workspace, path));
    expect(text).toMatch(/Sign in/);
  });
});

test('a file of DBFS whose length nobody says is an error rather than empty', async () => {
  const { workspace } = answering(json({}));
  await expect(readAll(databricksFileSource(workspace, 'dbfs:/rows.csv'))).rejects.toMatchObject({
    code: 'DATA_DATABRICKS_REQUEST_FAILED',
  });
});

test.each([
  ['another takes its place', 1, 8 * 2 ** 17, true],
  ['it grows', 0, 8 * 2 ** 17, true],
  ['nobody touches it', 0, 0, false],
])('a file of DBFS is read in blocks while %s', async (_, later, longer, isChanged) => {
  const block = Buffer.alloc(2 ** 20).toString('base64');
  const status = (at: number, more: number) =>
    json({ is_dir: false, file_size: 2 ** 21 + more, modification_time: at });
  const read = json({ bytes_read: 2 ** 20, data: block });
  const { workspace } = answering(status(0, 0), read, read, status(later, longer));
  const reading = readAll(databricksFileSource(workspace, 'dbfs:/rows.csv'));
  if (isChanged) await expect(reading).rejects.toMatchObject({ code: 'DATA_FILE_CHANGED' });
  else expect((await reading).length).toBe(2 ** 21);
});

test('a file of DBFS that has more bytes than it says has changed', async () => {
  const status = json({ is_dir: false, file_size: 4 });
  const { workspace } = answering(
    status,
    json({ data: Buffer.from('n\n1\n2\n').toString('base64') }),
  );
  await expect(readAll(databricksFileSource(workspace, 'dbfs:/rows.csv'))).rejects.toMatchObject({
    code: 'DATA_FILE_CHANGED',
  });
});

test.each(['dbfs:/rows.csv', volumePath])(
  'a server that refuses %s before it has read it, and hangs up, is heard',
  async (path) => {
    const server = createServer((_, response) => {
      response.writeHead(401, { connection: 'close' }).end('{"message":"No."}');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const workspace = openDatabricksWorkspace({ host, credentials: { token: 'good' } });
    const sink = await openDatabricksFile(workspace, path);
    await sink.write(Buffer.alloc(20 * 2 ** 20));
    await expect(sink.commit()).rejects.toMatchObject({ code: 'DATA_DATABRICKS_FORBIDDEN' });
    await sink.abort();
    server.closeAllConnections();
    server.close();
  },
);

test('a listing that goes round in a circle is an error', async () => {
  const { workspace, urls } = answering(json({ contents: [], next_page_token: 'again' }));
  await expect(
    listDatabricksFolder(workspace, '/Volumes/main/default/data/'),
  ).rejects.toMatchObject({ code: 'DATA_DATABRICKS_REQUEST_FAILED' });
  expect(urls).toHaveLength(2);
});

test('a server that begins anew where it is asked to go on doubles no byte', async () => {
  const whole = () => new Response('n\n1\n2\n');
  const { workspace } = answering(broken('n\n1\n'), whole);
  await expect(readAll(databricksFileSource(workspace, volumePath))).rejects.toMatchObject({
    code: 'DATA_DATABRICKS_UNAVAILABLE',
    message: expect.stringContaining('cannot go on') as string,
  });
});

test('a server that goes on elsewhere than it is asked to is not believed', async () => {
  const init = (from: number) => ({
    status: 206,
    headers: { 'content-range': `bytes ${from}-7/8`, 'content-length': '4' },
  });
  const start = broken('n\n1\n', { headers: { 'content-length': '8' } });
  const wrong = answering(start, () => new Response('n\n1\n', init(0))).workspace;
  await expect(readAll(databricksFileSource(wrong, volumePath))).rejects.toMatchObject({
    code: 'DATA_DATABRICKS_UNAVAILABLE',
  });
  const right = answering(start, () => new Response('2\n3\n', init(4))).workspace;
  expect(await readAll(databricksFileSource(right, volumePath))).toBe('n\n1\n2\n3\n');
});

test('a file that a proxy packs on its way is read whole, whatever the length of what it sends', async () => {
  const text = 'n\n1\n';
  const headers = { 'content-encoding': 'gzip', 'content-length': '24' };
  // As fetch hands it out: unpacked, with the headers of what was packed.
  const { workspace, urls } = answering(() => new Response(text, { headers }));
  expect(await readAll(databricksFileSource(workspace, volumePath))).toBe(text);
  expect(urls).toHaveLength(1);
});

test('a connection that breaks behind the last byte has done its work', async () => {
  const headers = { 'content-length': '4' };
  const { workspace, urls } = answering(broken('n\n1\n', { headers }));
  expect(await readAll(databricksFileSource(workspace, volumePath))).toBe('n\n1\n');
  expect(urls).toHaveLength(1);
});

test('what a server says reaches no terminal as a command', async () => {
  const message = '\u001b[2J\u001b]0;owned\u0007No.\nSecond line';
  const refusal = { error_code: 'X\u001b[31m', message };
  const { workspace } = answering(() => Response.json(refusal, { status: 400 }));
  const error = await listDatabricksFolder(workspace, 'dbfs:/').catch((thrown: unknown) => thrown);
  expect((error as Error).message).toMatch(/\]0;owned No \(X \[31m\)/);
  expect((error as Error).message).not.toMatch(/\p{Cc}/u);
});
