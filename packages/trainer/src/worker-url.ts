import type { WorkerOptions } from 'node:worker_threads';

/** A file of this package that is the body of a worker thread. */
export type WorkerName = 'trainer-worker' | 'boosting-worker';

/** Whether this package runs from its TypeScript sources rather than its build. */
function runsFromSource(): boolean {
  return new URL(import.meta.url).pathname.endsWith('.ts');
}

/** A worker's file, which lies beside this one in the sources and in the build alike. */
export function workerUrl(name: WorkerName): URL {
  return new URL(`./${name}${runsFromSource() ? '.ts' : '.js'}`, import.meta.url);
}

/** From the sources a worker must resolve the other packages to their sources, too. */
export function workerOptions(): WorkerOptions {
  return runsFromSource() ? { execArgv: ['--conditions=@gnu-mlops/source'] } : {};
}
