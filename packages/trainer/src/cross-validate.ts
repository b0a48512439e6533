import { dealFolds } from './deal-folds.ts';
import type { FitContext } from './fit-context.ts';
import { type FoldMetrics, measureFolds } from './fold-metrics.ts';
import { type LearningRequest, openLearningTask } from './learning-request.ts';
import { runFolds } from './run-folds.ts';

/** What to cross-validate. */
export interface CrossValidationRequest extends LearningRequest {
  /** At least 2; classes keep their proportions in each, but in order of time. */
  readonly folds: number;
}

/**
 * Estimate how well a training would do: learn from all folds but one, measure on that one, in turn.
 * The recipe is fitted anew in each round, on its training rows alone.
 *
 * @returns one entry a fold.
 * @throws {TableUnfitError} when the table cannot be trained on; and what `splitFolds`, `fitRecipe`
 *   and `fitAlgorithm` throw.
 */
export async function crossValidate(
  request: CrossValidationRequest,
  context: FitContext = {},
): Promise<FoldMetrics[]> {
  const { task } = openLearningTask(request);
  const rows = Int32Array.from({ length: task.table.rowCount }, (_, row) => row);
  const folds = dealFolds(task, rows, request.folds);
  return measureFolds(task, folds, await runFolds(task, folds, context));
}
