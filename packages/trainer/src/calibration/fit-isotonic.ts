import { type ScoredOutcome, sortOrder } from '@gnu-mlops/core';
import type { IsotonicMap } from '@gnu-mlops/model';

/**
 * Scores that are closer than this are one. scikit-learn has 1e-15, but then a score whose last bits
 * another runtime rounds otherwise can land on either end of a steep line.
 */
const resolution = 1e-9;

/**
 * Fit the never-falling function of the score that is closest, by squares, to the labels: neighbours
 * that fall are pooled into their mean. It follows any shape, and needs some 1,000 rows to not
 * follow chance.
 *
 * @param outcome at least one row of a weight above 0.
 * @see scikit-learn IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").
 */
export function fitIsotonic(outcome: ScoredOutcome): IsotonicMap {
  const { scores, means, weights } = groupByScore(outcome);
  poolFalling(means, weights);
  const kept = Array.from(scores, (_, i) => i).filter(
    (i) =>
      i === 0 || i === scores.length - 1 || means[i] !== means[i - 1] || means[i] !== means[i + 1],
  );
  return {
    scores: kept.map((i) => scores[i]!),
    probabilities: kept.map((i) => means[i]!),
  };
}

/** The distinct scores, ascending, with the mean label and the weight of each. */
function groupByScore({ actual, scores, weights }: ScoredOutcome) {
  const groups = {
    scores: new Float64Array(scores.length),
    means: new Float64Array(scores.length),
    weights: new Float64Array(scores.length),
  };
  let last = -1;
  for (const row of sortOrder(scores)) {
    const weight = weights === undefined ? 1 : weights[row]!;
    if (weight === 0) continue;
    if (last < 0 || scores[row]! - groups.scores[last]! >= resolution) {
      groups.scores[++last] = scores[row]!;
    }
    groups.weights[last]! += weight;
    groups.means[last]! += weight * actual[row]!;
  }
  for (let i = 0; i <= last; i++) groups.means[i]! /= groups.weights[i]!;
  return {
    scores: groups.scores.subarray(0, last + 1),
    means: groups.means.subarray(0, last + 1),
    weights: groups.weights.subarray(0, last + 1),
  };
}

/** Replace falling neighbours by their weighted mean until none falls, in place. O(n). */
function poolFalling(means: Float64Array, weights: Float64Array): void {
  const sums = new Float64Array(means.length);
  const totals = new Float64Array(means.length);
  const ends = new Int32Array(means.length);
  let pools = 0;
  for (let i = 0; i < means.length; i++) {
    let sum = means[i]! * weights[i]!;
    let total = weights[i]!;
    while (pools > 0 && sums[pools - 1]! / totals[pools - 1]! >= sum / total) {
      pools--;
      sum += sums[pools]!;
      total += totals[pools]!;
    }
    sums[pools] = sum;
    totals[pools] = total;
    ends[pools++] = i + 1;
  }
  for (let pool = 0, start = 0; pool < pools; pool++) {
    means.fill(sums[pool]! / totals[pool]!, start, ends[pool]!);
    start = ends[pool]!;
  }
}
