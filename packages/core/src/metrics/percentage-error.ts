import { checkNumbers } from './check-numbers.ts';
import type { WeightOptions } from './metric-weights.ts';

/**
 * The mean absolute error as a share of the actual value: 0.1 is 10 %.
 *
 * @returns at least 0; NaN for no rows and as soon as an actual value is 0, of which no error is a
 *   share.
 * @throws {MetricInputError} when lengths differ or a value is not finite.
 * @see scikit-learn mean_absolute_percentage_error (which divides by 2^-52 in place of 0).
 */
export function measurePercentageError(
  actual: Float64Array,
  predicted: Float64Array,
  { weights }: WeightOptions = {},
): number {
  checkNumbers({ actual, predicted, weights });
  let sum = 0;
  let total = 0;
  for (let row = 0; row < actual.length; row++) {
    const weight = weights === undefined ? 1 : weights[row]!;
    if (weight === 0) continue;
    if (actual[row] === 0) return NaN;
    const size = Math.max(Math.abs(actual[row]!), Number.EPSILON);
    sum += (weight * Math.abs(predicted[row]! - actual[row]!)) / size;
    total += weight;
  }
  return sum / total;
}
