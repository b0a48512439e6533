import { setTimeout } from 'node:timers/promises';
import { StoreBusyError } from '../store-errors.ts';

/**
 * How long SQLite itself waits for another process that writes. Nothing else of this process goes on
 * meanwhile, so that it is long enough for most writes and no longer.
 */
export const BLOCKING_MS = 10;

const BETWEEN_TRIES_MS = 10;

/** Does something that nothing is left of where it throws {@link StoreBusyError}, and tries again. */
export type Patiently = <T>(work: () => T | Promise<T>) => Promise<T>;

/**
 * Wait for writers of other processes, while everything else of this one goes on. Only the first of
 * those that wait tries again: the others could not write either.
 *
 * @param timeoutMs after which the next try is the last one.
 */
export function waitForWriters(timeoutMs: number): Patiently {
  let last: Promise<unknown> = Promise.resolve();

  async function tryUntil<T>(work: () => T | Promise<T>, deadline: number): Promise<T> {
    for (;;) {
      const isLast = performance.now() >= deadline;
      try {
        return await work();
      } catch (error) {
        if (isLast || !(error instanceof StoreBusyError)) throw error;
      }
      await setTimeout(BETWEEN_TRIES_MS);
    }
  }
  return async (work) => {
    const deadline = performance.now() + timeoutMs;
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreBusyError)) throw error;
    }
    const turn = last.then(() => tryUntil(work, deadline));
    last = turn.catch(() => undefined);
    return turn;
  };
}
