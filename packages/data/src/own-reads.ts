import { setImmediate } from 'node:timers/promises';

/** Puts bytes from `position` on into `target`, as far as it and the file go. Returns how many. */
export type ReadAt<Length> = (target: Uint8Array, position: number) => Length;

/** The two ways to read a file: by another thread, and with the calling one while nothing else runs. */
export interface WaysToRead {
  readonly beside: ReadAt<Promise<number>>;
  readonly atOnce: ReadAt<number>;
}

/** What takes longer had to wait for a disk or a network. */
const slowMs = 5;
/** So many reads behind a slow one are left to another thread; then it is tried again. */
const readsBeside = 16;
/** So long may everything else in the process wait for its turn. */
const turnMs = 10;

/**
 * Read with the calling thread what the system has at hand: that is copied sooner than a thread that
 * reads beside gets its turn on a busy machine. Files that are slow are read beside. For whoever would
 * keep the thread busy anyway.
 *
 * @param now milliseconds.
 */
export function createOwnReads(
  { beside, atOnce }: WaysToRead,
  now = () => performance.now(),
): ReadAt<Promise<number>> {
  let besideLeft = 0;
  let turnedMs = now();
  return async (target, position) => {
    if (besideLeft > 0) {
      besideLeft--;
      return beside(target, position);
    }
    if (now() - turnedMs > turnMs) {
      await setImmediate();
      turnedMs = now();
    }
    const startMs = now();
    const length = atOnce(target, position);
    if (now() - startMs > slowMs) besideLeft = readsBeside;
    return length;
  };
}
