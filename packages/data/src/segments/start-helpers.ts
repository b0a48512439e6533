import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { HelperTask } from './help-with-segments.ts';

/** Worker threads that read segments. */
export interface Helpers {
  /** Wait for something. @returns false where one of the threads fails before. */
  areWell(until: Promise<unknown>): Promise<boolean>;
  /** End them; resolves when none of them touches the file or the memory any more. */
  end(): Promise<void>;
}

/**
 * Start a thread for each task. Where the host refuses threads, or the worker's file is not there, as
 * behind some bundlers, there are none.
 */
export function startHelpers(tasks: readonly HelperTask[]): Helpers {
  const workers = startWorkers(tasks);
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

function startWorkers(tasks: readonly HelperTask[]): Worker[] {
  const isSource = new URL(import.meta.url).pathname.endsWith('.ts');
  const url = new URL(isSource ? '../csv-worker.ts' : './csv-worker.js', import.meta.url);
  if (url.protocol !== 'file:' || !existsSync(url)) return [];
  try {
    return tasks.map((workerData) => new Worker(url, { execArgv: [], workerData }));
  } catch {
    return [];
  }
}
