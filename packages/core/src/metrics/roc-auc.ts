/**
 * The area under the ROC curve: how likely a random positive row scores above a random negative
 * one, a tie counting half. O(n log n).
 *
 * @param positives scores of the positive rows, no NaN; sorted in place.
 * @param negatives scores of the negative rows, no NaN; sorted in place.
 * @returns in [0, 1]; NaN when either is empty, for there is no pair to compare.
 * @see scikit-learn roc_auc_score: the trapezoidal area, which is this Mann-Whitney statistic.
 */
export function measureRocAuc(positives: Float64Array, negatives: Float64Array): number {
  positives.sort();
  negatives.sort();
  let below = 0;
  let upToEqual = 0;
  let halfWins = 0;
  for (const score of positives) {
    while (below < negatives.length && negatives[below]! < score) below++;
    upToEqual = Math.max(upToEqual, below);
    while (upToEqual < negatives.length && negatives[upToEqual]! === score) upToEqual++;
    halfWins += below + upToEqual;
  }
  return halfWins / (2 * positives.length * negatives.length);
}
