import { type Fold, splitFolds, splitGroupFolds, splitTimeFolds } from '@gnu-mlops/preprocess';
import type { LearningTask } from './learning-task.ts';
import { takeLabels } from './take-labels.ts';

/**
 * Deal some rows of a task into the rounds of a cross-validation: by time where it has times, by whole
 * groups where it has groups, else at random. Classes keep their proportions, but in order of time.
 *
 * @returns row numbers of the task's table; the first rows in order of time are in no test.
 * @throws {SplitInvalidError} when the rows cannot be dealt like this.
 */
export function dealFolds(task: LearningTask, rows: Int32Array, folds: number): Fold[] {
  const rowsAt = (positions: Int32Array) => positions.map((position) => rows[position]!);
  return dealPositions(task, rows, folds).map(({ train, test }) => ({
    train: rowsAt(train),
    test: rowsAt(test),
  }));
}

function dealPositions(task: LearningTask, rows: Int32Array, folds: number): Fold[] {
  const { seed, groups, times } = task;
  if (times !== undefined) {
    return splitTimeFolds({ times: Float64Array.from(rows, (row) => times[row]!), folds });
  }
  const labels = takeLabels(task, rows);
  if (groups !== undefined) {
    return splitGroupFolds({ groups: rows.map((row) => groups[row]!), folds, seed, ...labels });
  }
  return splitFolds({ rowCount: rows.length, folds, seed, ...labels });
}
