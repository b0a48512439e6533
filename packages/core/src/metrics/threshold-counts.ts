import { type ScoredOutcome, checkScoredOutcome } from './scored-outcome.ts';
import { sortOrder } from './sort-order.ts';

/** How many rows score at least each threshold; the base of every curve over thresholds. */
export interface ThresholdCounts {
  /** The distinct scores, descending. */
  readonly thresholds: Float64Array;
  /** Weight of the positive rows that score at least the threshold; ascending, the last is of all. */
  readonly truePositives: Float64Array;
  /** Weight of the negative rows that score at least the threshold; ascending, the last is of all. */
  readonly falsePositives: Float64Array;
}

/**
 * Count true and false positives at each distinct score, where a row is called positive when it
 * scores at least the threshold. Rows of weight 0 are left out. O(n).
 *
 * @returns arrays of equal length, empty for no rows.
 * @throws {MetricInputError} when lengths differ, a label is neither 0 nor 1, a score is not
 *   finite, or a weight is negative or not finite.
 * @see scikit-learn confusion_matrix_at_thresholds.
 */
export function countByThreshold(outcome: ScoredOutcome): ThresholdCounts {
  checkScoredOutcome(outcome);
  const { actual, scores, weights } = outcome;
  const order = sortOrder(scores);
  const thresholds = new Float64Array(order.length);
  const truePositives = new Float64Array(order.length);
  const falsePositives = new Float64Array(order.length);
  let count = 0;
  let positives = 0;
  let negatives = 0;
  for (let end = order.length; end > 0;) {
    const score = scores[order[end - 1]!]!;
    let start = end - 1;
    while (start > 0 && scores[order[start - 1]!] === score) start--;
    let weightHere = 0;
    for (let i = start; i < end; i++) {
      const row = order[i]!;
      const weight = weights === undefined ? 1 : weights[row]!;
      weightHere += weight;
      if (actual[row] === 1) positives += weight;
      else negatives += weight;
    }
    if (weightHere > 0) {
      thresholds[count] = score;
      truePositives[count] = positives;
      falsePositives[count++] = negatives;
    }
    end = start;
  }
  return {
    thresholds: thresholds.slice(0, count),
    truePositives: truePositives.slice(0, count),
    falsePositives: falsePositives.slice(0, count),
  };
}
