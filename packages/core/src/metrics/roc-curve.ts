import type { CurveOptions } from './curve-options.ts';
import type { ThresholdCounts } from './threshold-counts.ts';

/** True against false positive rates, from the highest threshold to the lowest. */
export interface RocCurve {
  /** Descending; the first is Infinity, where no row is called positive. */
  readonly thresholds: Float64Array;
  /** Share of the negative rows that score at least the threshold; NaN without negative rows. */
  readonly falsePositiveRates: Float64Array;
  /** Share of the positive rows that score at least the threshold; NaN without positive rows. */
  readonly truePositiveRates: Float64Array;
}

/**
 * The points of the ROC curve, from (0, 0) to (1, 1).
 *
 * @returns arrays of equal length.
 * @see scikit-learn roc_curve: `points: 'corners'` is its drop_intermediate=True.
 */
export function measureRocCurve(
  { thresholds, truePositives, falsePositives }: ThresholdCounts,
  { points = 'corners' }: CurveOptions = {},
): RocCurve {
  const last = thresholds.length - 1;
  const positives = truePositives[last] ?? 0;
  const negatives = falsePositives[last] ?? 0;
  const curve = {
    thresholds: new Float64Array(thresholds.length + 1),
    falsePositiveRates: new Float64Array(thresholds.length + 1),
    truePositiveRates: new Float64Array(thresholds.length + 1),
  };
  curve.thresholds[0] = Infinity;
  curve.falsePositiveRates[0] = 0 / negatives;
  curve.truePositiveRates[0] = 0 / positives;
  let count = 1;
  for (let i = 0; i <= last; i++) {
    const isEnd = i === 0 || i === last;
    if (points === 'all' || isEnd || bends(truePositives, i) || bends(falsePositives, i)) {
      curve.thresholds[count] = thresholds[i]!;
      curve.falsePositiveRates[count] = falsePositives[i]! / negatives;
      curve.truePositiveRates[count++] = truePositives[i]! / positives;
    }
  }
  return {
    thresholds: curve.thresholds.slice(0, count),
    falsePositiveRates: curve.falsePositiveRates.slice(0, count),
    truePositiveRates: curve.truePositiveRates.slice(0, count),
  };
}

/** Whether the steps before and after differ, so that the point is a corner. */
function bends(counts: Float64Array, i: number): boolean {
  return counts[i + 1]! - counts[i]! !== counts[i]! - counts[i - 1]!;
}
