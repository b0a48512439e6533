import type { ThresholdCounts } from './threshold-counts.ts';

/**
 * The area under the precision-recall curve: the mean precision over the positive rows, each at the
 * threshold where it is found. No interpolation between thresholds, which would flatter.
 *
 * @returns in [0, 1], where ranking by chance gives the share of positive rows; NaN without them.
 * @see scikit-learn average_precision_score (which has 0 without positive rows).
 */
export function measureAveragePrecision({
  truePositives,
  falsePositives,
}: ThresholdCounts): number {
  let sum = 0;
  let before = 0;
  for (let i = 0; i < truePositives.length; i++) {
    const found = truePositives[i]!;
    if (found > before) sum += ((found - before) * found) / (found + falsePositives[i]!);
    before = found;
  }
  return sum / before;
}
