import { existsSync } from 'node:fs';
import type { HelperTask } from './help-with-segments.ts';
import { type HelperThread, startHelperThread } from './helper-thread.ts';
import { leaveWaiting, takeWaitingThread } from './waiting-threads.ts';

/** Threads that read segments. */
export interface Helpers {
  /** Wait for something. @returns false where one of the threads fails before. */
  areWell(until: Promise<unknown>): Promise<boolean>;
  /** Let them go, once they were told to stop; resolves when none touches the file or the memory. */
  end(): Promise<void>;
}

/**
 * Have a thread work at each task. Where the host refuses threads, or the worker's file is not there,
 * as behind some bundlers, there are none.
 */
export function startHelpers(tasks: readonly HelperTask[]): Helpers {
  const threads = takeThreads(tasks.length);
  const works = threads.map((thread, i) => thread.work(tasks[i]!));
  const failure = new Promise<false>((resolve) => {
    for (const work of works) void work.then((isWell) => isWell || resolve(false));
  });
  return {
    areWell: (until) => Promise.race([failure, until.then(() => true)]),
    async end() {
      const areWell = await Promise.all(works);
      for (const [i, thread] of threads.entries()) if (areWell[i]) leaveWaiting(thread);
    },
  };
}

function takeThreads(count: number): HelperThread[] {
  const isSource = new URL(import.meta.url).pathname.endsWith('.ts');
  const url = new URL(isSource ? '../csv-worker.ts' : './csv-worker.js', import.meta.url);
  if (url.protocol !== 'file:' || !existsSync(url)) return [];
  const threads: HelperThread[] = [];
  try {
    while (threads.length < count) threads.push(takeWaitingThread() ?? startHelperThread(url));
  } catch {
    // Those that were to be had will do.
  }
  return threads;
}
