import { type Split, splitTrainTest } from '@gnu-mlops/preprocess';
import type { LearningTask } from './learning-task.ts';
import { splitInOrder } from './split-in-order.ts';
import { takeLabels } from './take-labels.ts';

/**
 * Set a share of a task's rows aside for the evaluation: the latest where it has times, whole groups
 * where it has groups, else rows at random. Classes keep their proportions, but in order of time.
 *
 * @param share in (0, 1).
 * @throws {SplitInvalidError} when a side would be empty.
 * @throws {ClassTooSmallError} when a class has a single row, and rows are drawn at random.
 */
export function holdOutRows(task: LearningTask, share: number): Split {
  const { seed, groups, times } = task;
  const { rowCount } = task.table;
  const labels = takeLabels(
    task,
    Int32Array.from({ length: rowCount }, (_, row) => row),
  );
  return (
    splitInOrder({ groups, times, ...labels }, { share, seed }) ??
    splitTrainTest({ rowCount, testSize: share, seed, ...labels })
  );
}
