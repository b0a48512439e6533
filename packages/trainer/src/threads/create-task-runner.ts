import type {
  FoldMeasurement,
  FoldScores,
  MeasureFoldTask,
  OpenFoldsTask,
  ScoreFoldTask,
} from '../fold-tasks.ts';
import { growForThread } from '../forest/forest-task.ts';
import { learnFromRows, scoreRows } from '../learning-task.ts';
import { openFoldMeasurer } from '../search/fold-measurer.ts';
import type { ThreadTask } from './thread-task.ts';

/** Says what came of a task. What is in the list goes over without a copy. */
export type Answer = (message: unknown, transfer: ArrayBuffer[]) => void;

/** Make what does the tasks of a worker thread. It remembers the folds that it was told of last. */
export function createTaskRunner(): (task: ThreadTask, answer: Answer) => Promise<void> {
  let opened: OpenFoldsTask | undefined;

  return async function runTask(task, answer) {
    if (task.kind === 'forest') return growForThread(task, answer);
    if (task.kind === 'open_folds') {
      opened = task;
      return;
    }
    if (opened === undefined) throw new RangeError('A fold was asked for before there were any.');
    const reply =
      task.kind === 'score_fold' ? await scoreFold(opened, task) : await measureFold(opened, task);
    answer(reply, []);
  };
}

/** Errors are not told, as they would lose their class on the way: the fold is done again there. */
async function scoreFold(
  { task, folds, threads }: OpenFoldsTask,
  { fold }: ScoreFoldTask,
): Promise<FoldScores> {
  const { train, test } = folds[fold]!;
  try {
    const learned = await learnFromRows(task, train, { threads });
    return { fold, outputs: scoreRows(task, learned, test) };
  } catch {
    return { fold, outputs: undefined };
  }
}

async function measureFold(
  opened: OpenFoldsTask,
  { hyperparameters, fold }: MeasureFoldTask,
): Promise<FoldMeasurement> {
  const { measure } = openFoldMeasurer(opened, { threads: opened.threads });
  try {
    return { outcome: await measure(hyperparameters, fold) };
  } catch (error) {
    return { trouble: error instanceof Error ? error.message : String(error) };
  }
}
