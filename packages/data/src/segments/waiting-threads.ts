import { availableParallelism } from 'node:os';
import type { HelperThread } from './helper-thread.ts';

/** So long does a thread wait for another file. */
const patienceMs = 5000;

/**
 * Threads that have nothing to read and wait for the next file: starting one takes longer than
 * reading 20 MB. They are the process's, so that whoever reads one file after the other needs to know
 * nothing of them; this is the only thing of the package that outlives a call.
 */
const waiting: { readonly thread: HelperThread; readonly patience: NodeJS.Timeout }[] = [];

/** Take a thread that waits. Undefined where there is none. */
export function takeWaitingThread(): HelperThread | undefined {
  const taken = waiting.pop();
  clearTimeout(taken?.patience);
  return taken?.thread;
}

/**
 * Have a thread wait for its next task; when none comes for some seconds, it ends. No more wait than
 * the machine has use for.
 */
export function leaveWaiting(thread: HelperThread): void {
  if (waiting.length >= availableParallelism()) return thread.end();
  const patience = setTimeout(() => {
    waiting.splice(
      waiting.findIndex((entry) => entry.thread === thread),
      1,
    );
    thread.end();
  }, patienceMs);
  patience.unref();
  waiting.push({ thread, patience });
}
