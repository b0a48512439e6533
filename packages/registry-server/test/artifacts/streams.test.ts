import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DiskFullError, type Registry, openRegistry } from '@gnu-mlops/registry-client';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it, onTestFinished } from 'vitest';
import { startRegistryServer } from '../../src/index.ts';

const MIB = 1024 * 1024;
const PATH = `/api/2.0/mlflow-artifacts/artifacts/0/${'a'.repeat(32)}/artifacts/big.bin`;
const piece = Buffer.alloc(64 * 1024, 7);

/** A server over the real registry, some of whose methods are replaced. */
async function serve(replaced: Partial<Registry>): Promise<number> {
  const kept = await openRegistry(`sqlite:///${join(temporaryFolder(), 'mlflow.db')}`);
  const server = await startRegistryServer({
    registry: { ...kept, ...replaced },
    listen: { host: '127.0.0.1', port: 0 },
    rateLimit: 'off',
  });
  onTestFinished(async () => {
    await server.stop({ patienceMs: 0 });
    await kept.close();
  });
  return server.port;
}

async function startDownload(port: number): Promise<IncomingMessage> {
  const asked = request({ host: '127.0.0.1', port, path: PATH, agent: false });
  asked.end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  answer.on('error', () => undefined);
  return answer;
}

it('reads an artifact no faster than the client takes it', async () => {
  let produced = 0;
  let farthestAhead = 0;
  let consumed = 0;
  async function* content() {
    for (let i = 0; i < 1024; i++) {
      produced += piece.length;
      farthestAhead = Math.max(farthestAhead, produced - consumed);
      yield piece;
    }
  }
  const port = await serve({ openArtifact: async () => ({ content: content() }) });
  for await (const bytes of await startDownload(port)) {
    consumed += (bytes as Buffer).length;
    for (let turns = 0; turns < 3; turns++) await setImmediate();
  }
  expect(consumed).toBe(64 * MIB);
  expect(farthestAhead).toBeLessThan(24 * MIB);
});

it('lets go of an artifact when the client goes away', async () => {
  const letGo = Promise.withResolvers<void>();
  async function* content() {
    try {
      for (;;) yield piece;
    } finally {
      letGo.resolve();
    }
  }
  const port = await serve({ openArtifact: async () => ({ content: content() }) });
  const answer = await startDownload(port);
  await once(answer, 'data');
  answer.destroy();
  await letGo.promise;
});

it('breaks the connection off, rather than end it well, when an artifact turns out damaged', async () => {
  async function* content() {
    yield piece;
    throw new Error('damaged');
  }
  const port = await serve({ openArtifact: async () => ({ content: content() }) });
  const answer = await startDownload(port);
  const read = async () => {
    for await (const bytes of answer) void bytes;
  };
  await expect(read()).rejects.toThrow('aborted');
});

it('takes an upload no faster than the registry writes it', async () => {
  let sent = 0;
  let written = 0;
  let farthestAhead = 0;
  const port = await serve({
    uploadArtifact: async (_owner, _path, content) => {
      for await (const bytes of content as AsyncIterable<Uint8Array>) {
        written += bytes.length;
        farthestAhead = Math.max(farthestAhead, sent - written);
        for (let turns = 0; turns < 3; turns++) await setImmediate();
      }
      return { sizeBytes: written, sha256: '' };
    },
  });
  const upload = request({ host: '127.0.0.1', port, path: PATH, method: 'PUT', agent: false });
  for (let i = 0; i < 1024; i++) {
    sent += piece.length;
    if (!upload.write(piece)) await once(upload, 'drain');
  }
  upload.end();
  const [answer] = (await once(upload, 'response')) as [IncomingMessage];
  expect(answer.statusCode).toBe(200);
  expect(written).toBe(64 * MIB);
  expect(farthestAhead).toBeLessThan(24 * MIB);
  answer.destroy();
});

it.each(['keep-alive', 'close'])(
  'answers an upload that fails midway also to a client that sends all of it first (%s)',
  async (connection) => {
    const port = await serve({
      uploadArtifact: async (_owner, _path, content) => {
        for await (const _ of content as AsyncIterable<Uint8Array>) break;
        throw new DiskFullError('disk');
      },
    });
    const client = connect(port, '127.0.0.1');
    onTestFinished(() => void client.destroy());
    await once(client, 'connect');
    const headers = ['host: localhost', `connection: ${connection}`, `content-length: ${32 * MIB}`];
    client.write([`PUT ${PATH} HTTP/1.1`, ...headers, '', ''].join('\r\n'));
    for (let i = 0; i < 512; i++) {
      if (!client.write(piece)) await once(client, 'drain');
    }
    const [answer] = (await once(client, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1.1 507 .*RESOURCE_LIMIT_EXCEEDED/s);
  },
);

it('keeps nothing of an upload that breaks off', async () => {
  const failed = Promise.withResolvers<unknown>();
  const port = await serve({
    uploadArtifact: async (_owner, _path, content) => {
      try {
        for await (const bytes of content as AsyncIterable<Uint8Array>) void bytes;
        failed.resolve(undefined);
      } catch (error) {
        failed.resolve(error);
      }
      return { sizeBytes: 0, sha256: '' };
    },
  });
  const headers = { 'content-length': String(MIB) };
  const upload = request({
    host: '127.0.0.1',
    port,
    path: PATH,
    method: 'PUT',
    headers,
    agent: false,
  });
  upload.on('error', () => undefined);
  upload.write(piece, () => upload.destroy());
  expect(await failed.promise).toBeInstanceOf(Error);
});

it('refuses a path that is encoded on the wire', async () => {
  const port = await serve({});
  const path = PATH.replace('big.bin', '%2e%2e/%2e%2e/x');
  const asked = request({ host: '127.0.0.1', port, path, agent: false });
  asked.end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  expect(answer.statusCode).toBe(400);
  answer.resume();
});
