import type { OpenFoldsTask } from '../fold-tasks.ts';
import type { ThreadTask } from './thread-task.ts';

/** Says what came of a task. What is in the list goes over without a copy. */
export type Answer = (message: unknown, transfer: ArrayBuffer[]) => void;

/**
 * Make what does the tasks of a worker thread. It remembers the folds that it was told of last, and
 * loads no more code than its tasks need: a thread that grows trees starts in a third of the time.
 */
export function createTaskRunner(): (task: ThreadTask, answer: Answer) => Promise<void> {
  let opened: OpenFoldsTask | undefined;

  return async function runTask(task, answer) {
    if (task.kind === 'expect_forest' || task.kind === 'forest') {
      const { growForThread } = await import('../forest/forest-task.ts');
      if (task.kind === 'forest') growForThread(task, answer);
      return;
    }
    if (task.kind === 'boosting') {
      const { helpToBoost } = await import('../boosting/help-to-boost.ts');
      helpToBoost(task.plan, () => answer('ready', []));
      return;
    }
    if (task.kind === 'open_folds') {
      opened = task;
      return;
    }
    if (opened === undefined) throw new RangeError('A fold was asked for before there were any.');
    const { runFoldTask } = await import('../run-fold-task.ts');
    answer(await runFoldTask(opened, task), []);
  };
}
