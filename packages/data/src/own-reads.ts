import { setImmediate } from 'node:timers/promises';
import type { FileAccess } from './byte-reader.ts';

/** Reads a file with the thread that wants its bytes. */
export interface OwnReads {
  /** As the file's own `readAt`. */
  readAt(target: Uint8Array, position: number): Promise<number>;
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
export function createOwnReads(file: FileAccess, now = () => performance.now()): OwnReads {
  let besideLeft = 0;
  let turnedMs = now();
  return {
    async readAt(target, position) {
      if (besideLeft > 0) {
        besideLeft--;
        return file.readAt(target, position);
      }
      if (now() - turnedMs > turnMs) {
        await setImmediate();
        turnedMs = now();
      }
      const startMs = now();
      const length = file.readAtOnce(target, position);
      if (now() - startMs > slowMs) besideLeft = readsBeside;
      return length;
    },
  };
}
