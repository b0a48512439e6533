import { type Table, sliceRows } from '@gnu-mlops/core';
import type { RowPredictor } from '@gnu-mlops/predictor';
import type { RowPredictions } from './added-columns.ts';
import { freePredictions } from './free-memory.ts';

/** As many rows as trees are walked by at a time. */
const sliceRowCount = 2048;

/**
 * Predict a table some rows at a time, so that what becomes of them on the way to a score, several
 * times the table itself, is small and soon given back. The predictions are the same.
 *
 * @param firstRow which row of the file the table's first is, where errors count from.
 */
export function predictInSlices(
  table: Table,
  predict: RowPredictor['predictTable'],
  firstRow = 0,
): RowPredictions {
  const first = predict(sliceRows(table, 0, sliceRowCount), { firstRow });
  if (first.rowCount === table.rowCount) return first;
  const whole = withRowCount(first, table.rowCount);
  let rowCount = first.rowCount;
  freePredictions(first);
  for (; rowCount < table.rowCount; rowCount += sliceRowCount) {
    const slice = sliceRows(table, rowCount, rowCount + sliceRowCount);
    const predictions = predict(slice, { firstRow: firstRow + rowCount });
    copyPredictions(predictions, whole, rowCount);
    freePredictions(predictions);
  }
  return whole;
}

/** Predictions of more rows that begin with the given ones. */
function withRowCount(first: RowPredictions, rowCount: number): RowPredictions {
  const whole: RowPredictions =
    first.task === 'regression'
      ? { ...first, rowCount, values: new Float64Array(rowCount) }
      : {
          ...first,
          rowCount,
          labels: new Int32Array(rowCount),
          probabilities: new Float64Array(rowCount * first.classes.length),
        };
  copyPredictions(first, whole, 0);
  return whole;
}

function copyPredictions(from: RowPredictions, to: RowPredictions, row: number): void {
  if (from.task === 'regression') {
    if (to.task === 'regression') to.values.set(from.values, row);
  } else if (to.task === 'classification') {
    to.labels.set(from.labels, row);
    to.probabilities.set(from.probabilities, row * from.classes.length);
  }
}
