import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { openPlainBytes } from '../src/open-plain-bytes.ts';
import { createChunkRelease, zlibChunkBytes } from '../src/release-chunks.ts';

it('gives memory back that was filled to its end, once the next piece is there', () => {
  const release = createChunkRelease();
  const memory = new ArrayBuffer(zlibChunkBytes);
  const next = new Uint8Array(zlibChunkBytes).subarray(0, 10);

  release(new Uint8Array(memory, 0, 100));
  release(new Uint8Array(memory, 100));
  expect(memory.detached).toBe(false);
  release(next);

  expect(memory.detached).toBe(true);
  expect(next.buffer.detached).toBe(false);
});

it('leaves memory alone that is filled further behind joined pieces', () => {
  const release = createChunkRelease();
  const memory = new ArrayBuffer(zlibChunkBytes);

  release(new Uint8Array(memory, 0, 100));
  release(new Uint8Array(300));
  expect(memory.detached).toBe(false);
});

it('unpacks for a reader that is slower than the file', async () => {
  const text = Array.from({ length: 60_000 }, (_, row) => `${row},${Math.sin(row)}\n`).join('');
  const packed = gzipSync(text);
  async function* pieces() {
    for (let at = 0; at < packed.length; at += 1000) {
      yield packed.subarray(at, at + 1000);
      if (at % 3000 === 0) await setTimeout(0);
    }
  }
  const stream = { [Symbol.asyncIterator]: pieces, fingerprint: '', close: async () => {} };
  const reader = await openPlainBytes({ name: 'a', open: () => Promise.resolve(stream) });

  const found: Buffer[] = [];
  for (;;) {
    const target = Buffer.alloc(200_000);
    const length = await reader.read(target, 0, target.length);
    if (length === 0) break;
    found.push(target.subarray(0, length));
    await setTimeout(1);
  }

  expect(Buffer.concat(found).equals(Buffer.from(text))).toBe(true);
});
