import { type Fold, splitFolds } from '@gnu-mlops/preprocess';
import type { LearningTask } from './learning-task.ts';
import { dealInOrder } from './split-in-order.ts';
import { takeLabels } from './take-labels.ts';
import { takeRowOrder } from './take-row-order.ts';

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
  const { seed } = task;
  const labels = takeLabels(task, rows);
  return (
    dealInOrder({ ...takeRowOrder(task, rows), ...labels }, { folds, seed }) ??
    splitFolds({ rowCount: rows.length, folds, seed, ...labels })
  );
}
