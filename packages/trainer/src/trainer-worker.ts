/**
 * The body of a worker thread of a pool: does the tasks that it is sent, one after the other, and says
 * what came of them. Not to be imported.
 */
import { parentPort } from 'node:worker_threads';
import { createTaskRunner } from './threads/create-task-runner.ts';
import type { LeaseLetter } from './threads/thread-pool.ts';
import type { ThreadTask } from './threads/thread-task.ts';

const runTask = createTaskRunner();
let last = Promise.resolve();

parentPort?.on('message', ({ lease, content }: LeaseLetter<ThreadTask>) => {
  last = last.then(() =>
    runTask(content, (answer, transfer) => {
      parentPort?.postMessage({ lease, content: answer } satisfies LeaseLetter<unknown>, transfer);
    }),
  );
});
