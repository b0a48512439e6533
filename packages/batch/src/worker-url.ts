import { existsSync } from 'node:fs';
import type { WorkerOptions } from 'node:worker_threads';

/** Whether this package runs from its TypeScript sources rather than its build. */
const runsFromSource = import.meta.url.endsWith('.ts');

/** The file that is the body of scoring threads; it lies beside this one in the sources and in the build alike. */
export function workerUrl(): URL {
  return new URL(`./scoring-worker${runsFromSource ? '.ts' : '.js'}`, import.meta.url);
}

/** Whether that file is there: a bundler may have left it behind. */
export function hasWorkerFile(): boolean {
  const url = workerUrl();
  return url.protocol === 'file:' && existsSync(url);
}

/** From the sources a worker must resolve the other packages to their sources, too. */
export function workerOptions(): WorkerOptions {
  return {
    name: 'scoring-worker',
    // What it makes is short-lived: room for more would only be filled with garbage.
    resourceLimits: { maxYoungGenerationSizeMb: 1 },
    ...(runsFromSource && { execArgv: ['--conditions=@gnu-mlops/source'] }),
  };
}
