import { existsSync } from 'node:fs';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { HelperTask } from './help-with-segments.ts';

/** Worker threads that read segments. */
export interface Helpers {
  /** Wait for something. @returns false where one of the threads fails before. */
  areWell(until: Promise<unknown>): Promise<boolean>;
  /** End them; resolves when none of them touches the file or the memory any more. */
  end(): Promise<void>;
}

/**
 * Start a thread for each task. Where the worker's file is not there, as behind some bundlers, there
 * are none.
 */
export function startHelpers(tasks: readonly HelperTask[]): Helpers {
  // From the sources a worker must resolve other packages to their sources, too.
  const isSource = new URL(import.meta.url).pathname.endsWith('.ts');
  const url = new URL(isSource ? '../csv-worker.ts' : './csv-worker.js', import.meta.url);
  const options: WorkerOptions = isSource
    ? { execArgv: ['--conditions=@gnu-mlops/source'] }
    : { execArgv: [] };
  const workers =
    url.protocol === 'file:' && existsSync(url)
      ? tasks.map((workerData) => new Worker(url, { ...options, workerData, name: 'csv-worker' }))
      : [];
  const failure = new Promise<false>((resolve) => {
    for (const worker of workers) worker.on('error', () => resolve(false));
  });
  return {
    areWell: (until) => Promise.race([failure, until.then(() => true)]),
    async end() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
