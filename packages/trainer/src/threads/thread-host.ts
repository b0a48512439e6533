import type { Worker, WorkerOptions } from 'node:worker_threads';
import { workerOptions, workerUrl } from '../worker-url.ts';

/** Where worker threads come from. */
export interface ThreadHost {
  availableThreads(): number;
  /** Start a thread that does what it is sent: see trainer-worker.ts. */
  startWorker(): Worker;
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
      const options: WorkerOptions = { ...workerOptions(), name: 'trainer-worker' };
      return new (load('node:worker_threads').Worker)(url, options);
    },
  };
}
