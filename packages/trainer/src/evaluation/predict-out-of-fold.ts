import { takeRows } from '@gnu-mlops/core';
import { predictMatrix } from '@gnu-mlops/model';
import { splitFolds, transformTable } from '@gnu-mlops/preprocess';
import type { CrossValidationRequest } from '../cross-validate.ts';
import type { FitContext } from '../fit-context.ts';
import { openLearningTask } from '../learning-request.ts';
import { type LearningTask, learnFromRows } from '../learning-task.ts';

/** What models that had not seen a row predict for it, for every row of a table in its order. */
export type OutOfFoldPredictions =
  | {
      readonly task: 'classification';
      /** Codes into `classes`, one a row. */
      readonly actual: Int32Array;
      /** Rows x classes, row-major. */
      readonly probabilities: Float64Array;
      readonly classes: readonly string[];
    }
  | {
      readonly task: 'regression';
      readonly actual: Float64Array;
      readonly predicted: Float64Array;
    };

/**
 * Predict every row by a model that was fitted on the other folds alone: rows to choose a threshold
 * or to fit a calibration on without holding any out. The folds are those of `crossValidate`.
 *
 * @throws {TableUnfitError} when the table cannot be trained on; and what `splitFolds`, `fitRecipe`
 *   and `fitAlgorithm` throw.
 */
export async function predictOutOfFold(
  request: CrossValidationRequest,
  context: FitContext = {},
): Promise<OutOfFoldPredictions> {
  const { task } = openLearningTask(request);
  const { target } = task;
  const outputs = await predictFolds(task, request.folds, context);
  if (target.task === 'regression') {
    return { task: 'regression', actual: target.values, predicted: outputs };
  }
  const { labels, classes } = target;
  return { task: 'classification', actual: labels, probabilities: outputs, classes };
}

async function predictFolds(
  task: LearningTask,
  folds: number,
  { onProgress, ...context }: FitContext,
): Promise<Float64Array> {
  const { table, target, seed } = task;
  const width = target.task === 'classification' ? target.classes.length : 1;
  const outputs = new Float64Array(table.rowCount * width);
  const splits = splitFolds({
    rowCount: table.rowCount,
    folds,
    seed,
    ...(target.task === 'classification' && { labels: target.labels }),
  });
  for (const [fold, { train, test }] of splits.entries()) {
    const { recipe, fit } = await learnFromRows(task, train, context);
    const predicted = predictMatrix(fit.estimator, transformTable(takeRows(table, test), recipe));
    for (const [position, row] of test.entries()) {
      outputs.set(predicted.subarray(position * width, (position + 1) * width), row * width);
    }
    const detail = `fold ${fold + 1} of ${folds}`;
    onProgress?.({ stage: 'cross-validate', done: fold + 1, total: folds, detail });
  }
  return outputs;
}
