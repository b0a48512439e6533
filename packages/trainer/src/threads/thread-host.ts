import type { Worker } from 'node:worker_threads';
import { workerOptions, workerUrl } from '../worker-url.ts';
import { openLifeLine } from './life-line.ts';

/** Where worker threads come from. */
export interface ThreadHost {
  availableThreads(): number;
  /** Start a thread that does what it is sent: see trainer-worker.ts. */
  startWorker(): StartedWorker;
}

/** A thread that was started. */
export interface StartedWorker {
  readonly worker: Worker;
  /** Whether it has begun and ended; known before its events tell. */
  readonly isDead: () => boolean;
}

/**
 * Node's worker threads, or undefined where there are none: in a browser, or where a bundler left
 * the worker's file behind. Asked for at run time, so that this package loads anywhere.
 */
export function findThreadHost(): ThreadHost | undefined {
  if (typeof SharedArrayBuffer === 'undefined' || typeof process === 'undefined') return undefined;
  // Older Node and other hosts have no such function, whatever its type says.
  const load = process.getBuiltinModule as typeof process.getBuiltinModule | undefined;
  if (load === undefined) return undefined;
  const url = workerUrl();
  if (url.protocol !== 'file:' || !load('node:fs').existsSync(url)) return undefined;
  return {
    availableThreads: () => load('node:os').availableParallelism(),
    startWorker() {
      const threads = load('node:worker_threads');
      const { threadEnd, isCut } = openLifeLine(threads);
      const worker = new threads.Worker(url, {
        ...workerOptions(),
        name: 'trainer-worker',
        workerData: { threadEnd },
        transferList: [threadEnd],
      });
      return { worker, isDead: isCut };
    },
  };
}
