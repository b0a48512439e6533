import { type Column, type Table, type Task, createTable } from '@gnu-mlops/core';
import type { RowPredictor } from '@gnu-mlops/predictor';
import type { PredictionColumns } from './prediction-columns.ts';

/** What a model says about the rows of one table. */
export type RowPredictions = ReturnType<RowPredictor['predictTable']>;

/**
 * The columns that a scored file has beyond its input's.
 *
 * @param scoredAt milliseconds since the epoch, the same for all rows.
 */
export function addedColumns(
  predictions: RowPredictions,
  names: PredictionColumns,
  scoredAt: number,
): Table {
  const { rowCount } = predictions;
  const time: Column = { kind: 'timestamp', values: new Float64Array(rowCount).fill(scoredAt) };
  if (predictions.task === 'regression') {
    const values: Column = { kind: 'numeric', values: predictions.values };
    return createTable([
      [names.prediction, values],
      [names.timestamp, time],
    ]);
  }
  const { labels, classes, probabilities } = predictions;
  const ofLabel = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    ofLabel[row] = probabilities[row * classes.length + labels[row]!]!;
  }
  return createTable([
    [names.prediction, { kind: 'categorical', codes: labels, dictionary: classes }],
    [names.probability!, { kind: 'numeric', values: ofLabel }],
    [names.timestamp, time],
  ]);
}

/** The same columns of a file without rows. */
export function noAddedRows(task: Task, names: PredictionColumns): Table {
  const none = { rowCount: 0, classes: [], labels: new Int32Array(0) };
  const predictions: RowPredictions =
    task === 'regression'
      ? { task, rowCount: 0, values: new Float64Array(0) }
      : { task, ...none, probabilities: new Float64Array(0) };
  return addedColumns(predictions, names, 0);
}
