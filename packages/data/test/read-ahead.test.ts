import { describe, expect, it } from 'vitest';
import { readAhead } from '../src/read-ahead.ts';

describe('readAhead', () => {
  it('gives the same items, and makes one before it is asked for', async () => {
    const made: number[] = [];
    async function* count() {
      for (let i = 0; i < 4; i++) {
        made.push(i);
        yield i;
      }
    }
    const seen: [number, number][] = [];
    for await (const item of readAhead(count())) {
      await Promise.resolve();
      seen.push([item, made.length]);
    }
    expect(seen).toEqual([
      [0, 2],
      [1, 3],
      [2, 4],
      [3, 4],
    ]);
  });

  it('throws what goes wrong with an item behind those in front of it', async () => {
    async function* fail() {
      yield 1;
      yield 2;
      throw new Error('the third');
    }
    const seen: number[] = [];
    const reading = (async () => {
      for await (const item of readAhead(fail())) seen.push(item);
    })();
    await expect(reading).rejects.toThrow('the third');
    expect(seen).toEqual([1, 2]);
  });

  it('ends what makes the items when it is broken off, also where the next one fails', async () => {
    let isEnded = false;
    async function* fail() {
      try {
        yield 1;
        throw new Error('nobody asks');
      } finally {
        isEnded = true;
      }
    }
    for await (const item of readAhead(fail())) {
      expect(item).toBe(1);
      break;
    }
    expect(isEnded).toBe(true);
  });
});
