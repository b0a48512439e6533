import {
  END_CUT,
  FIRST_CUT,
  FROM_BIN,
  LAST_LEFT,
  MISSING,
  MISSING_LEFT,
  MISSING_SIDE,
  PLACE,
  SCORE,
  TOTALS,
} from '../../src/kernels/forest-layout';
import { histogramAt } from './sum-bins';

/**
 * Score the job's cuts of a feature.
 *
 * The score of a cut is how far the sides' means lie apart, squared, times the weights of the two: the
 * squared error that it saves, and half the Gini impurity, times the weight of the node.
 *
 * @returns whether one of them is the best so far.
 */
export function scanPairs(job: usize): bool {
  const first = <usize>load<u32>(job, FIRST_CUT);
  const end = <usize>load<u32>(job, END_CUT);
  const histogram = histogramAt(job, <usize>load<u32>(job, PLACE));
  const totals = <usize>load<u32>(job, TOTALS);
  const weights = f64x2.splat(load<f64>(totals));
  const targets = f64x2.splat(load<f64>(totals, 8));
  const nothing = f64x2.splat(0);
  let best = f64x2.splat(load<f64>(job, SCORE));
  let left = load<i32>(job, MISSING_SIDE) > 0 ? v128.load(histogram + (MISSING << 4)) : nothing;
  let isBetter = false;
  for (let bin = <usize>load<u32>(job, FROM_BIN); bin < first; bin++) {
    left = f64x2.add(left, v128.load(histogram + (bin << 4)));
  }
  // Two cuts at a time: the second may be the end, which is not looked at closely.
  for (let bin = first; bin < end; bin += 2) {
    const slot = histogram + (bin << 4);
    const next = f64x2.add(left, v128.load(slot));
    left = f64x2.add(next, v128.load(slot, 16));
    const leftWeights = v128.shuffle<i64>(next, left, 0, 2);
    const leftTargets = v128.shuffle<i64>(next, left, 1, 3);
    const rightWeights = f64x2.sub(weights, leftWeights);
    const gap = f64x2.sub(f64x2.mul(leftTargets, weights), f64x2.mul(targets, leftWeights));
    const scores = f64x2.div(f64x2.mul(gap, gap), f64x2.mul(leftWeights, rightWeights));
    const hits = i64x2.bitmask(v128.and(f64x2.gt(scores, best), f64x2.gt(rightWeights, nothing)));
    if (!hits) continue;
    if (hits & 1) {
      best = f64x2.splat(f64x2.extract_lane(scores, 0));
      isBetter = true;
      note(job, bin, f64x2.extract_lane(leftWeights, 0));
    }
    if (hits & 2 && bin + 1 < end) {
      const score = f64x2.extract_lane(scores, 1);
      if (score > f64x2.extract_lane(best, 0)) {
        best = f64x2.splat(score);
        isBetter = true;
        note(job, bin + 1, f64x2.extract_lane(leftWeights, 1));
      }
    }
  }
  store<f64>(job, f64x2.extract_lane(best, 0), SCORE);
  return isBetter;
}

/** Take a cut down. Missing values that training has none of go to the heavier side. */
export function note(job: usize, bin: usize, leftWeight: f64): void {
  const missingSide = load<i32>(job, MISSING_SIDE);
  store<u32>(job, <u32>bin, LAST_LEFT);
  const isLeftHeavier = 2.0 * leftWeight > load<f64>(<usize>load<u32>(job, TOTALS));
  store<i32>(job, missingSide < 0 ? i32(isLeftHeavier) : missingSide, MISSING_LEFT);
}
