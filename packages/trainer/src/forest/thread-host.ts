import type { Worker, WorkerOptions } from 'node:worker_threads';
import { type WorkerName, workerOptions, workerUrl } from '../worker-url.ts';

/** Where worker threads come from. */
export interface ThreadHost {
  availableThreads(): number;
  /** @param workerData cloned into the thread; shared buffers are shared. */
  startWorker(workerData: unknown): Worker;
}

/**
 * Node's worker threads, or undefined where there are none: in a browser, or where a bundler left
 * the worker's file behind. Asked for at run time, so that this package loads anywhere.
 */
export function findThreadHost(worker: WorkerName): ThreadHost | undefined {
  if (typeof SharedArrayBuffer === 'undefined' || typeof process === 'undefined') return undefined;
  // Older Node and other hosts have no such function, whatever its type says.
  const load = process.getBuiltinModule as typeof process.getBuiltinModule | undefined;
  if (load === undefined) return undefined;
  const url = workerUrl(worker);
  if (url.protocol !== 'file:' || !load('node:fs').existsSync(url)) return undefined;
  return {
    availableThreads: () => load('node:os').availableParallelism(),
    startWorker(workerData) {
      const options: WorkerOptions = { ...workerOptions(), workerData, name: worker };
      return new (load('node:worker_threads').Worker)(url, options);
    },
  };
}
