import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { expectCode } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { type HttpSurroundings, createHttpClient } from '../../src/http/http-client.ts';
import { answerWith } from './answer-with.ts';

const path = '/file';

function connect(options: Partial<HttpSurroundings>) {
  return createHttpClient('https://host.example', { now: Date.now, random: () => 0, ...options });
}

async function* pieces(...texts: string[]) {
  for (const text of texts) yield new TextEncoder().encode(text);
}

async function textOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of content) text += decoder.decode(piece, { stream: true });
  return text;
}

describe('what is sent piece by piece', () => {
  it('arrives whole', async () => {
    const { fetch, seen } = answerWith(new Response());
    await connect({ fetch }).askBytes({ method: 'PUT', path, body: pieces('ab', 'c') });
    expect(seen[0]!.body).toBe('abc');
    expect(seen[0]!.headers.get('content-type')).toBe('application/octet-stream');
  });

  it('is not sent again after a failure, as half of it is gone', async () => {
    const { fetch, seen } = answerWith(new Response('', { status: 503 }));
    const call = { method: 'PUT', path, body: pieces('a'), twice: 'harmless' } as const;
    await expectCode(connect({ fetch }).askBytes(call), 'REGISTRY_REMOTE_UNAVAILABLE');
    expect(seen).toHaveLength(1);
  });
});

describe('the time that is given to the server', () => {
  it('does not run while the caller makes a piece', async () => {
    let received = '';
    const fetch: typeof globalThis.fetch = async (_url, init) => {
      for await (const piece of init!.body as ReadableStream<Uint8Array>) {
        init!.signal!.throwIfAborted();
        received += new TextDecoder().decode(piece);
      }
      return new Response();
    };
    async function* slow() {
      for await (const piece of pieces('ab', 'c')) {
        await pause(250);
        yield piece;
      }
    }
    await connect({ fetch, timeoutMs: 150 }).askBytes({ method: 'PUT', path, body: slow() });
    expect(received).toBe('abc');
  });

  it('does not run while the caller uses a piece', async () => {
    const endless = (signal: AbortSignal) => {
      let sent = 0;
      return new ReadableStream<Uint8Array>({
        start: (controller) =>
          signal.addEventListener('abort', () => controller.error(signal.reason)),
        pull: (controller) =>
          sent++ < 3 ? controller.enqueue(new Uint8Array(5)) : controller.close(),
      });
    };
    const fetch: typeof globalThis.fetch = async (_url, init) =>
      new Response(endless(init!.signal!));
    const { content } = await connect({ fetch, timeoutMs: 150 }).askStream({ method: 'GET', path });
    let sizeBytes = 0;
    for await (const piece of content) {
      sizeBytes += piece.length;
      await pause(250);
    }
    expect(sizeBytes).toBe(15);
  });

  it('runs on while the server takes no more', async () => {
    async function* endless() {
      for (;;) yield new Uint8Array(5);
    }
    const fetch: typeof globalThis.fetch = (_url, init) =>
      new Promise((_resolve, reject) => {
        const { signal } = init!;
        signal!.addEventListener('abort', () => reject(signal!.reason as Error));
      });
    const call = { method: 'PUT', path, body: endless() } as const;
    const sent = connect({ fetch, timeoutMs: 150 }).askBytes(call);
    await expectCode(sent, 'REGISTRY_REMOTE_UNAVAILABLE', 'in time');
  });
});

it("throws what the caller's own stream throws, as no server is to blame", async () => {
  async function* broken() {
    yield new Uint8Array(1);
    throw new Error('disk gone');
  }
  const { fetch, seen } = answerWith(new Response());
  const call = { method: 'PUT', path, body: broken(), twice: 'harmless' } as const;
  await expect(connect({ fetch }).askBytes(call)).rejects.toThrow('disk gone');
  expect(seen).toHaveLength(0);
});

describe('what is read piece by piece', () => {
  it('is asked for again until an answer begins', async () => {
    const busy = new Response('', { status: 503, headers: { 'retry-after': '0' } });
    const { fetch, seen } = answerWith(busy, new Response('content'));
    const answer = await connect({ fetch }).askStream({ method: 'GET', path });
    expect(await textOf(answer.content)).toBe('content');
    expect(seen).toHaveLength(2);
  });

  it('throws REGISTRY_REMOTE_UNAVAILABLE when it breaks off', async () => {
    const broken = new ReadableStream({
      pull(controller) {
        controller.error(Object.assign(new Error('gone'), { code: 'ECONNRESET' }));
      },
    });
    const fetch = async () => new Response(broken);
    const { content } = await connect({ fetch }).askStream({ method: 'GET', path });
    await expectCode(textOf(content), 'REGISTRY_REMOTE_UNAVAILABLE', 'ECONNRESET');
  });

  it('is given up when nothing comes for too long, however much came before', async () => {
    let sent = 0;
    const slow = (signal: AbortSignal) =>
      new ReadableStream<Uint8Array>({
        async pull(controller) {
          if (sent++ < 3) return controller.enqueue(new Uint8Array(5));
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          controller.error(signal.reason);
        },
      });
    const fetch: typeof globalThis.fetch = async (_url, init) => new Response(slow(init!.signal!));
    const client = connect({ fetch, timeoutMs: 30 });
    const { content } = await client.askStream({ method: 'GET', path });
    await expectCode(textOf(content), 'REGISTRY_REMOTE_UNAVAILABLE', 'in time');
    expect(sent).toBe(4);
  });

  it('rejects with the reason of its signal', async () => {
    const controller = new AbortController();
    const fetch: typeof globalThis.fetch = async (_url, init) =>
      new Response(
        new ReadableStream({
          async pull(stream) {
            await new Promise((resolve) => init!.signal!.addEventListener('abort', resolve));
            stream.error(init!.signal!.reason);
          },
        }),
      );
    const { signal } = controller;
    const { content } = await connect({ fetch }).askStream({ method: 'GET', path, signal });
    const read = textOf(content);
    controller.abort(new Error('enough'));
    await expect(read).rejects.toThrow('enough');
  });
});

it("goes with the length that is announced for it, by the platform's own fetch too", async () => {
  const seen: { readonly length: string | undefined; readonly text: string }[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      seen.push({ length: request.headers['content-length'], text: body });
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const headers = { 'content-length': '5' };
  const call = { method: 'PUT', url, label: 'file', headers } as const;
  const { status } = await connect({}).askSigned({ ...call, body: pieces('abc', 'de') });
  expect(status).toBe(200);
  expect(seen).toEqual([{ length: '5', text: 'abcde' }]);
  server.closeAllConnections();
  server.close();
});

it('says nothing of a signature in an error', async () => {
  const { fetch, seen } = answerWith(new Response('denied', { status: 503 }));
  const client = connect({ fetch, token: 'secret', maxAttempts: 1 });
  const url = 'https://bucket.example/file?X-Amz-Signature=hush';
  const error = await client
    .askSigned({ method: 'GET', url, label: 'file', headers: { 'x-a': 'b' } })
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'REGISTRY_REMOTE_UNAVAILABLE' });
  expect(String(error)).not.toMatch(/hush|bucket/);
  expect(seen[0]!.headers.get('authorization')).toBeNull();
  expect(seen[0]!.headers.get('x-a')).toBe('b');
});
