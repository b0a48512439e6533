import { type NumberOutcome, checkNumbers } from './check-numbers.ts';
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
  const sums = addErrors({ actual, predicted, weights });
  const unit = areSquaresHeld(sums) ? 1 : unitOf({ actual, predicted, weights });
  const { squares, absolutes, total, variation, isVaried } =
    unit === 1
      ? sums
      : addErrors({
          actual: actual.map((value) => value / unit),
          predicted: predicted.map((value) => value / unit),
          weights,
        });
  return {
    rmse: unit * Math.sqrt(squares / total),
    mae: unit * (absolutes / total),
    r2: isVaried ? 1 - squares / variation : NaN,
    mape: measurePercentageError(actual, predicted, { weights }),
    medianAbsoluteError: measureMedianAbsoluteError(actual, predicted, { weights }),
  };
}

/** What the figures are made of; each row counts by its weight. */
interface ErrorSums {
  readonly total: number;
  readonly squares: number;
  readonly absolutes: number;
  /** The squared distances of the actual values from their mean. */
  readonly variation: number;
  /** Whether not all actual values are equal. */
  readonly isVaried: boolean;
}

function addErrors({ actual, predicted, weights }: NumberOutcome): ErrorSums {
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
  return { total, squares, absolutes, variation, isVaried: lowest < highest };
}

/** Below this a sum of squares may have lost the squares of small numbers to 0, or their digits. */
const LEAST_SQUARES = 1e-290;

/** Whether the squares are neither beyond what a double holds nor too near 0. */
function areSquaresHeld({ squares, absolutes, variation, isVaried }: ErrorSums): boolean {
  const isHeld = (sum: number) => sum >= LEAST_SQUARES && sum < Infinity;
  return (absolutes === 0 || isHeld(squares)) && (!isVaried || isHeld(variation));
}

/** The power of 2 in which the largest number that counts is from 1 to 2: dividing by it is exact. */
function unitOf({ actual, predicted, weights }: NumberOutcome): number {
  let largest = 0;
  for (let row = 0; row < actual.length; row++) {
    if (weights?.[row] === 0) continue;
    largest = Math.max(largest, Math.abs(actual[row]!), Math.abs(predicted[row]!));
  }
  return largest === 0 ? 1 : 2 ** Math.floor(Math.log2(largest));
}
