import { metricValues } from '@gnu-mlops/core';
import { splitFolds } from '@gnu-mlops/preprocess';
import type { FitContext } from './fit-context.ts';
import { type LearningTask, learnFromRows, measureOnRows } from './learning-task.ts';

/** What one round of a cross-validation measured on the rows it had not seen. */
export interface FoldMetrics {
  /** By metric name; NaN where undefined, as an AUC with one class present. */
  readonly metrics: Record<string, number>;
}

/**
 * Cross-validate over some rows of a task's table. Recipe and algorithm are fitted anew in each
 * round, on its training rows alone.
 */
export async function measureFolds(
  task: LearningTask,
  { rows, folds }: { readonly rows: Int32Array; readonly folds: number },
  context: FitContext,
): Promise<FoldMetrics[]> {
  const { target } = task;
  const splits = splitFolds({
    rowCount: rows.length,
    folds,
    seed: task.seed,
    ...(target.task === 'classification' && { labels: rows.map((row) => target.labels[row]!) }),
  });
  const { onProgress, ...quietly } = context;
  const results: FoldMetrics[] = [];
  for (const [fold, { train, test }] of splits.entries()) {
    const learned = await learnFromRows(task, rowsAt(rows, train), quietly);
    results.push({ metrics: metricValues(measureOnRows(task, learned, rowsAt(rows, test))) });
    const detail = `fold ${fold + 1} of ${folds}`;
    onProgress?.({ stage: 'cross-validate', done: fold + 1, total: folds, detail });
  }
  return results;
}

function rowsAt(rows: Int32Array, positions: Int32Array): Int32Array {
  return positions.map((position) => rows[position]!);
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
