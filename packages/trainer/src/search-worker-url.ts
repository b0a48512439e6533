import type { Worker } from 'node:worker_threads';

/**
 * Start a worker thread of a search; undefined where there are none: in a browser, or where a bundler
 * left the worker's file behind. It lies beside this file in the sources and in the build alike.
 *
 * @param workerData cloned into the thread.
 */
export function startSearchWorker(workerData: unknown): Worker | undefined {
  if (typeof process === 'undefined') return undefined;
  // Older Node and other hosts have no such function, whatever its type says.
  const load = process.getBuiltinModule as typeof process.getBuiltinModule | undefined;
  if (load === undefined) return undefined;
  const isSource = new URL(import.meta.url).pathname.endsWith('.ts');
  const url = isSource
    ? new URL('./search-worker.ts', import.meta.url)
    : new URL('./search-worker.js', import.meta.url);
  if (url.protocol !== 'file:' || !load('node:fs').existsSync(url)) return undefined;
  return new (load('node:worker_threads').Worker)(url, {
    workerData,
    name: 'search',
    // From the sources a worker must resolve the other packages to their sources, too.
    ...(isSource && { execArgv: ['--conditions=@gnu-mlops/source'] }),
  });
}
