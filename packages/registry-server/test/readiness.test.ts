import { describe, expect, it } from 'vitest';
import { createReadiness } from '../src/readiness.ts';

/** A registry that is asked by hand. */
function createAsked() {
  const waiting: { readonly resolve: () => void; readonly reject: () => void }[] = [];
  let count = 0;
  return {
    count: () => count,
    answer: () => waiting.shift()!.resolve(),
    fail: () => waiting.shift()!.reject(),
    registry: {
      searchExperiments: () => {
        count++;
        return new Promise<{ items: [] }>((resolve, reject) => {
          waiting.push({
            resolve: () => resolve({ items: [] }),
            reject: () => reject(new Error('no')),
          });
        });
      },
    },
  };
}

describe('readiness', () => {
  it('asks once for all who ask at a time, and again when the answer is old', async () => {
    let at = 0;
    const asked = createAsked();
    const isReady = createReadiness(asked.registry, { validMs: 1000, clock: () => at });
    const [one, other] = [isReady(), isReady()];
    asked.answer();
    expect(await Promise.all([one, other, isReady()])).toEqual([true, true, true]);
    expect(asked.count()).toBe(1);
    at = 1000;
    const later = isReady();
    asked.fail();
    expect(await later).toBe(false);
    expect(asked.count()).toBe(2);
  });

  it('does not wait for a registry that hangs, nor ask it again meanwhile', async () => {
    let at = 0;
    const asked = createAsked();
    const isReady = createReadiness(asked.registry, { patienceMs: 1, clock: () => at });
    expect(await isReady()).toBe(false);
    at = 60_000;
    expect(await isReady()).toBe(false);
    expect(asked.count()).toBe(1);
    asked.answer();
    await new Promise(setImmediate);
    expect(await isReady()).toBe(true);
  });
});
