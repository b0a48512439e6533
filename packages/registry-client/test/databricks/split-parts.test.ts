import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Part, partBytesFor, splitParts } from '../../src/databricks/split-parts.ts';
import { sendParts } from '../../src/databricks/send-parts.ts';

async function* streamOf(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

async function collect(parts: AsyncIterable<Part>): Promise<Part[]> {
  const found: Part[] = [];
  for await (const part of parts) found.push(part);
  return found;
}

describe('parts of a file', () => {
  it('hold every byte once, in parts of one size with a shorter last one', async () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(pieces, fc.integer({ min: 1, max: 15 }), async (given, size) => {
        const whole = Buffer.concat(given);
        for (const content of [streamOf(given), new Uint8Array(whole)]) {
          const parts = await collect(splitParts(content, size));
          expect(Buffer.concat(parts.map(({ bytes }) => bytes)).equals(whole)).toBe(true);
          expect(parts.map(({ isLast }) => isLast).indexOf(true)).toBe(parts.length - 1);
          expect(parts.map(({ offset }) => offset)).toEqual(parts.map((_, i) => i * size));
          expect(parts.slice(0, -1).every(({ bytes }) => bytes.length === size)).toBe(true);
          expect(parts).toHaveLength(Math.max(1, Math.ceil(whole.length / size)));
        }
      }),
    );
  });

  it('are larger where there would be more than a storage takes', () => {
    const mebibyte = 1024 * 1024;
    expect(partBytesFor(undefined)).toBe(8 * mebibyte);
    expect(partBytesFor(80_000 * mebibyte)).toBe(8 * mebibyte);
    expect(partBytesFor(80_001 * mebibyte)).toBe(16 * mebibyte);
  });

  it('are sent a few at once, with results in their order', async () => {
    let underWay = 0;
    let most = 0;
    let read = 0;
    let sent = 0;
    let mostHeld = 0;
    async function* content(): AsyncGenerator<Uint8Array> {
      for (; read < 20; read++) {
        mostHeld = Math.max(mostHeld, read - sent);
        yield new Uint8Array(1);
      }
    }
    const results = await sendParts(splitParts(content(), 2), async ({ bytes, offset }, number) => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setTimeout(resolve, number % 3));
      underWay--;
      sent += bytes.length;
      return `${number}:${offset}`;
    });
    expect(results).toEqual(Array.from({ length: 10 }, (_, i) => `${i + 1}:${i * 2}`));
    expect(most).toBe(3);
    // Three parts on their way, one part more, and the piece that showed that it is not the last.
    expect(mostHeld).toBeLessThanOrEqual(9);
  });

  it('are not read on where one cannot be sent, or the content fails', async () => {
    let sent = 0;
    let left = 'open';
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield new Uint8Array(4);
      } finally {
        left = 'closed';
      }
    }
    const failing = sendParts(splitParts(endless(), 4), async (_part, number) => {
      sent++;
      if (number === 2) throw new Error('full');
    });
    await expect(failing).rejects.toThrow('full');
    expect(sent).toBeLessThan(6);
    expect(left).toBe('closed');

    async function* broken(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(9);
      throw new Error('torn');
    }
    let isSending = false;
    const torn = sendParts(splitParts(broken(), 4), async () => {
      isSending = true;
      await new Promise((resolve) => setTimeout(resolve, 5));
      isSending = false;
    });
    await expect(torn).rejects.toThrow('torn');
    expect(isSending).toBe(false);
  });
});
