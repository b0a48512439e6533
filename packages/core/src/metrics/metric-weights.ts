import { MetricInputError } from './metric-errors.ts';

/** How much each row counts in a metric. */
export interface WeightOptions {
  /**
   * One a row, finite, at least 0; a row of weight 2 counts as two equal rows, one of weight 0 as
   * none. Default: all 1.
   */
  readonly weights?: Float64Array | undefined;
}

/**
 * Check that there is one usable weight a row.
 *
 * @throws {MetricInputError} when the number of weights is another, or one is negative or not finite.
 */
export function checkWeights(weights: Float64Array | undefined, rowCount: number): void {
  if (weights === undefined) return;
  if (weights.length !== rowCount) {
    throw new MetricInputError(`${rowCount} rows need ${rowCount} weights, not ${weights.length}.`);
  }
  for (let row = 0; row < rowCount; row++) {
    if (!(weights[row]! >= 0 && weights[row]! < Infinity)) {
      throw new MetricInputError(
        `Row ${row + 1}: the weight ${weights[row]} must be finite and at least 0.`,
      );
    }
  }
}
