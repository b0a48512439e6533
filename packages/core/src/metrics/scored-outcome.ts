import { MetricInputError } from './metric-errors.ts';
import { type WeightOptions, checkWeights } from './metric-weights.ts';

/** Rows that are positive or negative, and how strongly each was held to be positive. */
export interface ScoredOutcome extends WeightOptions {
  /** 1 = positive, 0 = negative; one a row. */
  readonly actual: Uint8Array | Int32Array;
  /** The greater, the more likely positive; finite, one a row. Probabilities or any other scores. */
  readonly scores: Float64Array;
}

/**
 * Check that rows can be ranked.
 *
 * @throws {MetricInputError} when lengths differ, a label is neither 0 nor 1, a score is not
 *   finite, or a weight is negative or not finite.
 */
export function checkScoredOutcome({ actual, scores, weights }: ScoredOutcome): void {
  if (actual.length !== scores.length) {
    throw new MetricInputError(
      `${actual.length} actual labels cannot be compared with ${scores.length} scores.`,
    );
  }
  for (let row = 0; row < actual.length; row++) {
    if (actual[row] !== 0 && actual[row] !== 1) {
      throw new MetricInputError(
        `Row ${row + 1}: the label ${actual[row]} must be 1 (positive) or 0 (negative).`,
      );
    }
    if (!Number.isFinite(scores[row])) {
      throw new MetricInputError(`Row ${row + 1}: the score ${scores[row]} must be finite.`);
    }
  }
  checkWeights(weights, actual.length);
}
