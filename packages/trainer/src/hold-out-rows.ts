import { type Split, splitByTime, splitGroups, splitTrainTest } from '@gnu-mlops/preprocess';
import type { LearningTask } from './learning-task.ts';
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
  const { seed, groups, times, table } = task;
  if (times !== undefined) return splitByTime({ times, testSize: share });
  const everyRow = Int32Array.from({ length: table.rowCount }, (_, row) => row);
  const labels = takeLabels(task, everyRow);
  if (groups !== undefined) return splitGroups({ groups, testSize: share, seed, ...labels });
  return splitTrainTest({ rowCount: table.rowCount, testSize: share, seed, ...labels });
}
