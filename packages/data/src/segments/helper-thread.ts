import { Worker } from 'node:worker_threads';
import type { HelperTask } from './help-with-segments.ts';

/** A thread that reads segments, for one reader after the other. */
export interface HelperThread {
  /**
   * Have the thread work. One task at a time.
   *
   * @returns whether it is done and the thread well; none of the file and the memory is touched then
   * any more.
   */
  work(task: HelperTask): Promise<boolean>;
  end(): void;
}

/**
 * Start a thread, which keeps no process alive that has nothing else to do. From the sources it must
 * resolve the other packages to their sources, too.
 */
export function startHelperThread(url: URL): HelperThread {
  const runsFromSource = url.pathname.endsWith('.ts');
  const execArgv = runsFromSource ? ['--conditions=@gnu-mlops/source'] : [];
  const worker = new Worker(url, { execArgv });
  let isWell = true;
  let settle = () => {};
  worker.on('message', () => settle());
  for (const name of ['error', 'exit'] as const) {
    worker.on(name, () => {
      isWell = false;
      settle();
    });
  }
  worker.unref();
  return {
    work: (task) =>
      new Promise((resolve) => {
        settle = () => {
          worker.unref();
          resolve(isWell);
        };
        if (!isWell) return settle();
        worker.ref();
        worker.postMessage(task);
      }),
    end: () => void worker.terminate(),
  };
}
