import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { ByteSource } from '../src/byte-source.ts';
import { readAheadSources } from '../src/read-ahead-sources.ts';

const limits = { sources: 4, bytes: 400 };

/** Sources of so many bytes each, and what is known of those that were opened. */
function manySources(sizes: readonly number[], fault: (index: number) => void = () => {}) {
  const seen = { opened: [] as number[], open: 0, mostOpen: 0 };
  const listed = sizes.map((sizeBytes, index) => {
    const source: ByteSource = {
      name: `part-${index}`,
      async open({ signal } = {}) {
        seen.opened.push(index);
        seen.mostOpen = Math.max(seen.mostOpen, ++seen.open);
        await wait(index % 3, undefined, { ...(signal && { signal }) });
        try {
          fault(index);
        } catch (error) {
          seen.open--;
          throw error;
        }
        return {
          fingerprint: `"${index}"`,
          close: async () => void seen.open--,
          async *[Symbol.asyncIterator]() {
            yield Buffer.alloc(Math.ceil(sizeBytes / 2), index);
            yield Buffer.alloc(Math.floor(sizeBytes / 2), index);
          },
        };
      },
    };
    return { source, sizeBytes };
  });
  return { seen, listed };
}

async function bytesOf(source: ByteSource, signal?: AbortSignal): Promise<Buffer> {
  const stream = await source.open({ signal });
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  await stream.close();
  return Buffer.concat(pieces);
}

test('gives every source its bytes in order, some on their way at a time and never more', async () => {
  const { seen, listed } = manySources(Array.from({ length: 50 }, (_, index) => index));
  for (const [index, source] of readAheadSources(listed, limits).entries()) {
    expect(source.name).toBe(`part-${index}`);
    expect(await bytesOf(source)).toEqual(Buffer.alloc(index, index));
  }
  expect(seen.opened).toEqual(Array.from({ length: 50 }, (_, index) => index));
  expect(seen).toMatchObject({ open: 0, mostOpen: limits.sources });
});

test('leaves large sources to their turn', async () => {
  const { seen, listed } = manySources([10, 101, 10, 10]);
  const sources = readAheadSources(listed, limits);
  await bytesOf(sources[0]!);
  await wait(20);
  expect(seen.opened).toEqual([0, 2, 3]);
  expect(await bytesOf(sources[1]!)).toHaveLength(101);
  expect(seen.opened).toEqual([0, 2, 3, 1]);
});

test('reads what has grown since it was listed in its turn', async () => {
  const { seen, listed } = manySources([10, 1000]);
  const sources = readAheadSources([listed[0]!, { ...listed[1]!, sizeBytes: 10 }], limits);
  await bytesOf(sources[0]!);
  expect(await bytesOf(sources[1]!)).toHaveLength(1000);
  expect(seen).toMatchObject({ opened: [0, 1, 1], open: 0 });
});

test('can be opened again', async () => {
  const { listed } = manySources([10, 10]);
  const [first] = readAheadSources(listed, limits);
  expect(await bytesOf(first!)).toEqual(await bytesOf(first!));
});

test('throws what goes wrong with a source when it has its turn, and not before', async () => {
  const { listed } = manySources([10, 10, 10], (index) => {
    if (index === 2) throw new Error('gone');
  });
  const sources = readAheadSources(listed, limits);
  await bytesOf(sources[0]!);
  await wait(20);
  await bytesOf(sources[1]!);
  await expect(bytesOf(sources[2]!)).rejects.toThrow('gone');
});

test('stops what is on its way when the signal aborts', async () => {
  const controller = new AbortController();
  const { seen, listed } = manySources([10, 10, 10, 10], (index) => {
    if (index === 0) controller.abort(new Error('enough'));
    controller.signal.throwIfAborted();
  });
  const [first] = readAheadSources(listed, limits);
  await expect(bytesOf(first!, controller.signal)).rejects.toThrow('enough');
  await wait(20);
  expect(seen.opened).toEqual([0, 1, 2, 3]);
});
