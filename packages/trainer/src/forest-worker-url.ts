import type { WorkerOptions } from 'node:worker_threads';

/** Whether this package runs from its TypeScript sources rather than its build. */
function runsFromSource(): boolean {
  return new URL(import.meta.url).pathname.endsWith('.ts');
}

/** The forest's worker, which lies beside this file in the sources and in the build alike. */
export function forestWorkerUrl(): URL {
  return runsFromSource()
    ? new URL('./forest-worker.ts', import.meta.url)
    : new URL('./forest-worker.js', import.meta.url);
}

/** From the sources a worker must resolve the other packages to their sources, too. */
export function forestWorkerOptions(): WorkerOptions {
  return runsFromSource() ? { execArgv: ['--conditions=@gnu-mlops/source'] } : {};
}
