import { MetricInputError } from './metric-errors.ts';

/** How far predicted numbers lie from the actual ones. A figure that is undefined is NaN. */
export interface RegressionMetrics {
  /** Root of the mean squared error, in the target's unit. */
  readonly rmse: number;
  /** Mean absolute error, in the target's unit. */
  readonly mae: number;
  /** Share of the target's variance that is explained; 1 is perfect, 0 is as good as the mean. */
  readonly r2: number;
}

/**
 * Measure predicted numbers against the actual ones.
 *
 * All are NaN for no rows. R2 is NaN as well for one row and where all actual values are equal:
 * there is no variance to explain.
 *
 * @throws {MetricInputError} when the lengths differ or a value is not finite.
 * @see scikit-learn root_mean_squared_error, mean_absolute_error, r2_score (which by default puts
 *   0 or 1 in place of an undefined R2).
 */
export function measureRegression(
  actual: Float64Array,
  predicted: Float64Array,
): RegressionMetrics {
  checkNumbers(actual, predicted);
  const count = actual.length;
  let mean = 0;
  for (const value of actual) mean += value;
  mean /= count;
  let squares = 0;
  let absolutes = 0;
  let variation = 0;
  let isConstant = true;
  for (let row = 0; row < count; row++) {
    const error = predicted[row]! - actual[row]!;
    squares += error * error;
    absolutes += Math.abs(error);
    variation += (actual[row]! - mean) ** 2;
    isConstant &&= actual[row] === actual[0];
  }
  return {
    rmse: Math.sqrt(squares / count),
    mae: absolutes / count,
    r2: isConstant ? NaN : 1 - squares / variation,
  };
}

function checkNumbers(actual: Float64Array, predicted: Float64Array): void {
  if (actual.length !== predicted.length) {
    throw new MetricInputError(
      `${actual.length} actual values cannot be compared with ${predicted.length} predicted ones.`,
    );
  }
  for (let row = 0; row < actual.length; row++) {
    if (!Number.isFinite(actual[row]) || !Number.isFinite(predicted[row])) {
      throw new MetricInputError(
        `Row ${row + 1}: actual ${actual[row]} and predicted ${predicted[row]} must both be finite.`,
      );
    }
  }
}
