import type { CurveOptions } from './curve-options.ts';
import type { ThresholdCounts } from './threshold-counts.ts';

/** Precision against recall, from the highest threshold to the lowest. */
export interface PrecisionRecallCurve {
  /** Descending; the first is Infinity, where no row is called positive. */
  readonly thresholds: Float64Array;
  /** Share of positive rows among those that score at least the threshold; 1 at Infinity. */
  readonly precisions: Float64Array;
  /** Share of the positive rows that score at least the threshold; NaN without positive rows. */
  readonly recalls: Float64Array;
}

/**
 * The points of the precision-recall curve, from recall 0 to recall 1.
 *
 * @returns arrays of equal length.
 * @see scikit-learn precision_recall_curve, which lists them from the lowest threshold upwards,
 *   leaves the Infinity out, and puts recall 1 where there are no positive rows;
 *   `points: 'corners'` is its drop_intermediate=True.
 */
export function measurePrecisionRecallCurve(
  { thresholds, truePositives, falsePositives }: ThresholdCounts,
  { points = 'corners' }: CurveOptions = {},
): PrecisionRecallCurve {
  const last = thresholds.length - 1;
  const positives = truePositives[last] ?? 0;
  const curve = {
    thresholds: new Float64Array(thresholds.length + 1),
    precisions: new Float64Array(thresholds.length + 1),
    recalls: new Float64Array(thresholds.length + 1),
  };
  curve.thresholds[0] = Infinity;
  curve.precisions[0] = 1;
  curve.recalls[0] = 0 / positives;
  let count = 1;
  for (let i = 0; i <= last; i++) {
    const found = truePositives[i]!;
    // Points of one recall lie on a vertical line, of which the ends are enough.
    const isInside =
      i > 0 && i < last && truePositives[i - 1] === found && truePositives[i + 1] === found;
    if (points === 'all' || !isInside) {
      curve.thresholds[count] = thresholds[i]!;
      curve.precisions[count] = found / (found + falsePositives[i]!);
      curve.recalls[count++] = found / positives;
    }
  }
  return {
    thresholds: curve.thresholds.slice(0, count),
    precisions: curve.precisions.slice(0, count),
    recalls: curve.recalls.slice(0, count),
  };
}
