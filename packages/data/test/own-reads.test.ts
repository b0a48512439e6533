import { describe, expect, it } from 'vitest';
import { type WaysToRead, createOwnReads } from '../src/own-reads.ts';

/** A file whose reads take so long, and a clock that only they move. */
function fileOf(readMs: number) {
  const calls: string[] = [];
  let nowMs = 0;
  const file: WaysToRead = {
    beside: (target) => {
      calls.push('beside');
      return Promise.resolve(target.length);
    },
    atOnce: (target) => {
      calls.push('at once');
      nowMs += readMs;
      return target.length;
    },
  };
  return { file, calls, now: () => nowMs };
}

const target = new Uint8Array(3);

describe('createOwnReads', () => {
  it('reads at once what is at hand', async () => {
    const { file, calls, now } = fileOf(1);
    const readAt = createOwnReads(file, now);
    for (let i = 0; i < 40; i++) expect(await readAt(target, i)).toBe(3);
    expect(new Set(calls)).toEqual(new Set(['at once']));
  });

  it('leaves the reads behind a slow one to another thread, and tries again', async () => {
    const { file, calls, now } = fileOf(6);
    const readAt = createOwnReads(file, now);
    for (let i = 0; i < 18; i++) await readAt(target, i);
    expect(calls).toEqual(['at once', ...new Array<string>(16).fill('beside'), 'at once']);
  });

  it('lets everything else have its turn now and then', async () => {
    const { file, now } = fileOf(4);
    const readAt = createOwnReads(file, now);
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    while (turns === 0 && now() < 60_000) await readAt(target, 0);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
  });
});
