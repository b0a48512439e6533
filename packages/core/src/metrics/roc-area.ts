import type { ThresholdCounts } from './threshold-counts.ts';

/**
 * The area under the ROC curve from counts that are at hand already; weights count.
 *
 * @returns in [0, 1], as {@link measureRocAuc}; NaN without positive or without negative rows.
 * @see scikit-learn roc_auc_score with sample_weight.
 */
export function measureRocArea({ truePositives, falsePositives }: ThresholdCounts): number {
  let twiceArea = 0;
  let positives = 0;
  let negatives = 0;
  for (let i = 0; i < truePositives.length; i++) {
    twiceArea += (falsePositives[i]! - negatives) * (truePositives[i]! + positives);
    positives = truePositives[i]!;
    negatives = falsePositives[i]!;
  }
  return twiceArea / (2 * positives * negatives);
}
