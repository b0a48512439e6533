import { checkNumbers } from './check-numbers.ts';
import type { WeightOptions } from './metric-weights.ts';
import { sortOrder } from './sort-order.ts';

/**
 * The median of the absolute errors, which single wild predictions do not move; in the target's
 * unit.
 *
 * Where half of the rows (or of their weight) lie exactly below, it is the mean of the errors on
 * both sides.
 *
 * @returns at least 0; NaN for no rows.
 * @throws {MetricInputError} when lengths differ or a value is not finite.
 * @see scikit-learn median_absolute_error.
 */
export function measureMedianAbsoluteError(
  actual: Float64Array,
  predicted: Float64Array,
  { weights }: WeightOptions = {},
): number {
  checkNumbers({ actual, predicted, weights });
  const errors = actual.map((value, row) => Math.abs(predicted[row]! - value));
  if (weights !== undefined) return weightedMedian(errors, weights);
  errors.sort();
  const upper = errors[errors.length >> 1] ?? NaN;
  return errors.length % 2 === 1 ? upper : ((errors[(errors.length >> 1) - 1] ?? NaN) + upper) / 2;
}

function weightedMedian(values: Float64Array, weights: Float64Array): number {
  const order = sortOrder(values).filter((row) => weights[row]! > 0);
  const half = order.reduce((total, row) => total + weights[row]!, 0) / 2;
  // What adding the weights up may have rounded away.
  const slack = Number.EPSILON * order.length * half;
  let below = 0;
  for (const [place, row] of order.entries()) {
    below += weights[row]!;
    if (below < half - slack) continue;
    const isBetween = below <= half + slack && place + 1 < order.length;
    return isBetween ? (values[row]! + values[order[place + 1]!]!) / 2 : values[row]!;
  }
  return NaN;
}
