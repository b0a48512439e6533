import { takeRowOrder } from './take-row-order.ts';
import type { TrainingTarget, WeightedRows } from './training-set.ts';

/** Some of the rows, in the order that they are named in. */
export function takeTrainingRows<T extends TrainingTarget>(
  given: WeightedRows<T>,
  rows: Int32Array,
): WeightedRows<T> {
  const { matrix, target, weights } = given;
  const take = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
  return {
    matrix: { ...matrix, rowCount: rows.length, columns: matrix.columns.map(take) },
    target: takeTarget(target, rows),
    weights: take(weights),
    ...takeRowOrder(given, rows),
  };
}

function takeTarget<T extends TrainingTarget>(target: T, rows: Int32Array): T {
  return target.task === 'classification'
    ? { ...target, labels: rows.map((row) => target.labels[row]!) }
    : { ...target, values: Float64Array.from(rows, (row) => target.values[row]!) };
}
