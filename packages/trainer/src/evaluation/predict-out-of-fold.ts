import type { CrossValidationRequest } from '../cross-validate.ts';
import { dealFolds } from '../deal-folds.ts';
import type { FitContext } from '../fit-context.ts';
import { openLearningTask } from '../learning-request.ts';
import { runFolds } from '../run-folds.ts';
import { type OutOfFoldPredictions, gatherFolds } from './gather-folds.ts';

/**
 * Predict every row by a model that was fitted on the other folds alone: rows to choose a threshold
 * or to fit a calibration on without holding any out. The folds are those of `crossValidate`; in
 * order of time, the first rows are in no test and are not predicted.
 *
 * @throws {TableUnfitError} when the table cannot be trained on; and what `splitFolds`, `fitRecipe`
 *   and `fitAlgorithm` throw.
 */
export async function predictOutOfFold(
  request: CrossValidationRequest,
  context: FitContext = {},
): Promise<OutOfFoldPredictions> {
  const { task } = openLearningTask(request);
  const rows = Int32Array.from({ length: task.table.rowCount }, (_, row) => row);
  const folds = dealFolds(task, rows, request.folds);
  return gatherFolds(task, folds, await runFolds(task, folds, context));
}
