import { MetricInputError } from './metric-errors.ts';
import { checkWeights } from './metric-weights.ts';

/** What is compared where numbers are predicted. */
export interface NumberOutcome {
  readonly actual: Float64Array;
  readonly predicted: Float64Array;
  readonly weights?: Float64Array | undefined;
}

/**
 * Check that predicted numbers can be compared with the actual ones.
 *
 * @throws {MetricInputError} when lengths differ, a value is not finite, or a weight is negative or
 *   not finite.
 */
export function checkNumbers({ actual, predicted, weights }: NumberOutcome): void {
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
  checkWeights(weights, actual.length);
}
