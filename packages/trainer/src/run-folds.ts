import type { Fold } from '@gnu-mlops/preprocess';
import type { FitContext } from './fit-context.ts';
import { type LearningTask, learnFromRows, scoreRows } from './learning-task.ts';

/**
 * Learn from the training rows of each round, recipe and algorithm anew, and score its test rows.
 *
 * @returns for each round the outputs of its test rows, in their order: rows x classes, row-major, or
 *   a number each.
 */
export async function runFolds(
  task: LearningTask,
  folds: readonly Fold[],
  { onProgress, ...context }: FitContext,
): Promise<Float64Array[]> {
  const outputs: Float64Array[] = [];
  for (const [fold, { train, test }] of folds.entries()) {
    outputs.push(scoreRows(task, await learnFromRows(task, train, context), test));
    const detail = `fold ${fold + 1} of ${folds.length}`;
    onProgress?.({ stage: 'cross-validate', done: fold + 1, total: folds.length, detail });
  }
  return outputs;
}
