import type { WorkerOptions } from 'node:worker_threads';

/** Whether this package runs from its TypeScript sources rather than its build. */
function runsFromSource(): boolean {
  return new URL(import.meta.url).pathname.endsWith('.ts');
}

/** The file that is the body of worker threads, which lies beside this one in the sources and in the build alike. */
export function workerUrl(): URL {
  return new URL(`./trainer-worker${runsFromSource() ? '.ts' : '.js'}`, import.meta.url);
}

/** From the sources a worker must resolve the other packages to their sources, too. */
export function workerOptions(): WorkerOptions {
  return runsFromSource() ? { execArgv: ['--conditions=@gnu-mlops/source'] } : {};
}
