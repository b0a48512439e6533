import type { Fold } from '@gnu-mlops/preprocess';
import type { LearningTask } from '../learning-task.ts';

/** What models that had not seen a row predict for it, for the rows that were tested. */
export type OutOfFoldPredictions =
  | {
      readonly task: 'classification';
      /** Row numbers of the table, ascending: all of them, but the first where folds follow time. */
      readonly rows: Int32Array;
      /** Codes into `classes`, one for each of `rows`. */
      readonly actual: Int32Array;
      /** Rows x classes, row-major. */
      readonly probabilities: Float64Array;
      readonly classes: readonly string[];
    }
  | {
      readonly task: 'regression';
      readonly rows: Int32Array;
      readonly actual: Float64Array;
      readonly predicted: Float64Array;
    };

/** Bring the outputs of the rounds of a cross-validation, as `runFolds` gives them, into row order. */
export function gatherFolds(
  { target }: Pick<LearningTask, 'target'>,
  folds: readonly Fold[],
  outputs: readonly Float64Array[],
): OutOfFoldPredictions {
  const isClasses = target.task === 'classification';
  const width = isClasses ? target.classes.length : 1;
  const rowCount = isClasses ? target.labels.length : target.values.length;
  const foldOf = new Int32Array(rowCount).fill(-1);
  const positionOf = new Int32Array(rowCount);
  folds.forEach(({ test }, fold) =>
    test.forEach((row, position) => {
      foldOf[row] = fold;
      positionOf[row] = position;
    }),
  );
  const rows = Int32Array.from(foldOf.keys()).filter((row) => foldOf[row]! >= 0);
  const gathered = new Float64Array(rows.length * width);
  rows.forEach((row, at) => {
    const from = positionOf[row]! * width;
    gathered.set(outputs[foldOf[row]!]!.subarray(from, from + width), at * width);
  });
  if (target.task === 'regression') {
    const actual = Float64Array.from(rows, (row) => target.values[row]!);
    return { task: 'regression', rows, actual, predicted: gathered };
  }
  const { labels, classes } = target;
  const actual = rows.map((row) => labels[row]!);
  return { task: 'classification', rows, actual, probabilities: gathered, classes };
}
