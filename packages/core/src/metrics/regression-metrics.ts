import { checkNumbers } from './check-numbers.ts';
import { measureMedianAbsoluteError } from './median-absolute-error.ts';
import type { WeightOptions } from './metric-weights.ts';
import { measurePercentageError } from './percentage-error.ts';

/** How far predicted numbers lie from the actual ones. A figure that is undefined is NaN. */
export interface RegressionMetrics {
  /** Root of the mean squared error, in the target's unit. */
  readonly rmse: number;
  /** Mean absolute error, in the target's unit. */
  readonly mae: number;
  /** Share of the target's variance that is explained; 1 is perfect, 0 is as good as the mean. */
  readonly r2: number;
  /** Mean absolute error as a share of the actual value; NaN as soon as one of these is 0. */
  readonly mape: number;
  /** Median of the absolute errors, in the target's unit. */
  readonly medianAbsoluteError: number;
}

/**
 * Measure predicted numbers against the actual ones.
 *
 * All are NaN for no rows. R2 is NaN as well for one row and where all actual values are equal:
 * there is no variance to explain.
 *
 * @throws {MetricInputError} when the lengths differ, a value is not finite, or a weight is
 *   negative or not finite.
 * @see scikit-learn root_mean_squared_error, mean_absolute_error, r2_score (which by default puts
 *   0 or 1 in place of an undefined R2), mean_absolute_percentage_error, median_absolute_error.
 */
export function measureRegression(
  actual: Float64Array,
  predicted: Float64Array,
  { weights }: WeightOptions = {},
): RegressionMetrics {
  checkNumbers({ actual, predicted, weights });
  let total = 0;
  let mean = 0;
  for (let row = 0; row < actual.length; row++) {
    const weight = weights === undefined ? 1 : weights[row]!;
    total += weight;
    mean += weight * actual[row]!;
  }
  mean /= total;
  let squares = 0;
  let absolutes = 0;
  let variation = 0;
  let lowest = Infinity;
  let highest = -Infinity;
  for (let row = 0; row < actual.length; row++) {
    const weight = weights === undefined ? 1 : weights[row]!;
    if (weight === 0) continue;
    const error = predicted[row]! - actual[row]!;
    squares += weight * error * error;
    absolutes += weight * Math.abs(error);
    variation += weight * (actual[row]! - mean) ** 2;
    lowest = Math.min(lowest, actual[row]!);
    highest = Math.max(highest, actual[row]!);
  }
  return {
    rmse: Math.sqrt(squares / total),
    mae: absolutes / total,
    r2: lowest < highest ? 1 - squares / variation : NaN,
    mape: measurePercentageError(actual, predicted, { weights }),
    medianAbsoluteError: measureMedianAbsoluteError(actual, predicted, { weights }),
  };
}
