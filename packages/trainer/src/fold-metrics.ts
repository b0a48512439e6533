import { metricValues } from '@gnu-mlops/core';
import type { Fold } from '@gnu-mlops/preprocess';
import { type LearningTask, measureOutputs } from './learning-task.ts';

/** What one round of a cross-validation measured on the rows it had not seen. */
export interface FoldMetrics {
  /** By metric name; NaN where undefined, as an AUC with one class present. */
  readonly metrics: Record<string, number>;
}

/**
 * Measure the rounds of a cross-validation, each on its test rows.
 *
 * @param outputs of the test rows, as `runFolds` gives them.
 */
export function measureFolds(
  task: LearningTask,
  folds: readonly Fold[],
  outputs: readonly Float64Array[],
): FoldMetrics[] {
  return folds.map(({ test }, fold) => ({
    metrics: metricValues(measureOutputs(task, test, outputs[fold]!)),
  }));
}

/** Mean and standard deviation (dividing by the number of folds) of each metric over the folds. */
export function summariseFolds(folds: readonly FoldMetrics[]): {
  foldMean: Record<string, number>;
  foldStd: Record<string, number>;
} {
  const foldMean: Record<string, number> = {};
  const foldStd: Record<string, number> = {};
  for (const name of Object.keys(folds[0]?.metrics ?? {})) {
    const values = folds.map(({ metrics }) => metrics[name]!);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    foldMean[name] = mean;
    foldStd[name] = Math.sqrt(squares / values.length);
  }
  return { foldMean, foldStd };
}
