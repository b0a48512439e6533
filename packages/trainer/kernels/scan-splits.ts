import {
  BIN_COUNTS,
  FEATURES,
  FEATURE_HISTOGRAM_BYTES,
  GRADIENT_TOTAL,
  HAS_MISSING,
  HESSIAN_TOTAL,
  LEAST_HESSIAN,
  PENALTY,
  SCANNED,
  SCORE_TO_BEAT,
  SPLITS,
  SPLIT_BIN,
  SPLIT_BYTES,
  SPLIT_LEFT_GRADIENT,
  SPLIT_LEFT_HESSIAN,
  SPLIT_MISSING_LEFT,
  SPLIT_SCORE,
} from '../src/kernels/job-layout';

/**
 * Find the best split of each of the features in use [from, to): the last bin that goes left, and
 * the side of the missing values. All in fixed point, where the sums are exact.
 */
export function scanSplits(job: usize, from: i32, to: i32): void {
  const features = <usize>load<u32>(job + FEATURES);
  const scanned = <usize>load<u32>(job + SCANNED);
  for (let at = <usize>from; at < <usize>to; at++) {
    const feature = <usize>load<u32>(features + (at << 2));
    const split = <usize>load<u32>(job + SPLITS) + at * SPLIT_BYTES;
    scanFeature(job, split, scanned + feature * FEATURE_HISTOGRAM_BYTES, feature);
  }
}

function scanFeature(job: usize, split: usize, histogram: usize, feature: usize): void {
  const bins = <usize>load<u32>(<usize>load<u32>(job + BIN_COUNTS) + (feature << 2));
  const isGappy = load<u8>(<usize>load<u32>(job + HAS_MISSING) + feature);
  const missing = isGappy ? load<i64>(histogram + (bins << 3)) : 0;
  const gradientTotal = f64x2.splat(<f64>load<i32>(job + GRADIENT_TOTAL));
  const hessianTotal = f64x2.splat(<f64>load<u32>(job + HESSIAN_TOTAL));
  const least = f64x2.splat(load<f64>(job + LEAST_HESSIAN));
  const penalty = f64x2.splat(load<f64>(job + PENALTY));
  const most = f64x2.sub(hessianTotal, least);
  const nothing = i64x2.splat(0);
  // With all values on the left, a split parts them from the missing ones.
  let end = histogram + ((missing ? bins : bins - 1) << 3);
  let lefts = nothing;
  let missingLeft: i32 = 0;
  let best = load<f64>(job + SCORE_TO_BEAT);
  store<f64>(split, -1, SPLIT_SCORE);
  for (;;) {
    // Two bins at a time: the second may lie over the end, where it is not looked at closely.
    for (let bin = histogram; bin < end; bin += 16) {
      const values = v128.load(bin);
      const sums = i64x2.add(lefts, i64x2.add(values, v128.shuffle<i64>(nothing, values, 0, 2)));
      lefts = v128.shuffle<i64>(sums, sums, 1, 1);
      const hessians = f64x2.convert_low_i32x4_u(v128.shuffle<i32>(sums, sums, 0, 2, 0, 2));
      const gradients = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(sums, sums, 1, 3, 1, 3));
      const rests = f64x2.sub(gradientTotal, gradients);
      const leftParts = f64x2.add(hessians, penalty);
      const rightParts = f64x2.add(f64x2.sub(hessianTotal, hessians), penalty);
      const wholes = f64x2.mul(leftParts, rightParts);
      const scores = f64x2.add(
        f64x2.mul(f64x2.mul(gradients, gradients), rightParts),
        f64x2.mul(f64x2.mul(rests, rests), leftParts),
      );
      const areBetter = f64x2.gt(scores, f64x2.mul(f64x2.splat(best), wholes));
      const areLarge = v128.and(f64x2.ge(hessians, least), f64x2.le(hessians, most));
      const hits = i64x2.bitmask(v128.and(areBetter, areLarge));
      if (!hits) continue;
      if (hits & 1 && i64x2.extract_lane(values, 0)) {
        best = f64x2.extract_lane(scores, 0) / f64x2.extract_lane(wholes, 0);
        note(split, best, i64x2.extract_lane(sums, 0));
        noteSide(split, <i32>((bin - histogram) >> 3), missingLeft);
      }
      if (hits & 2 && i64x2.extract_lane(values, 1) && bin + 8 < end) {
        const score = f64x2.extract_lane(scores, 1);
        const whole = f64x2.extract_lane(wholes, 1);
        if (score > best * whole) {
          best = score / whole;
          note(split, best, i64x2.extract_lane(sums, 1));
          noteSide(split, <i32>((bin + 8 - histogram) >> 3), missingLeft);
        }
      }
    }
    if (missingLeft || !missing) return;
    missingLeft = 1;
    lefts = i64x2.splat(missing);
    end = histogram + ((bins - 1) << 3);
  }
}

function note(split: usize, score: f64, left: i64): void {
  store<f64>(split, score, SPLIT_SCORE);
  store<i32>(split, <i32>(left >> 32), SPLIT_LEFT_GRADIENT);
  store<u32>(split, <u32>left, SPLIT_LEFT_HESSIAN);
}

function noteSide(split: usize, bin: i32, missingLeft: i32): void {
  store<i32>(split, bin, SPLIT_BIN);
  store<i32>(split, missingLeft, SPLIT_MISSING_LEFT);
}
