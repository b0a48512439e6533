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
  const gradientTotal = <f64>load<i32>(job + GRADIENT_TOTAL);
  const hessianTotal = <f64>load<u32>(job + HESSIAN_TOTAL);
  const least = load<f64>(job + LEAST_HESSIAN);
  const penalty = load<f64>(job + PENALTY);
  const most = hessianTotal - least;
  const bins = <usize>load<u32>(<usize>load<u32>(job + BIN_COUNTS) + (feature << 2));
  const isGappy = load<u8>(<usize>load<u32>(job + HAS_MISSING) + feature);
  const missing = isGappy ? load<i64>(histogram + (bins << 3)) : 0;
  // With all values on the left, a split parts them from the missing ones.
  let end = histogram + ((missing ? bins : bins - 1) << 3);
  let left: i64 = 0;
  let best = load<f64>(job + SCORE_TO_BEAT);
  store<f64>(split, -1, SPLIT_SCORE);
  for (;;) {
    const missingLeft = left !== 0 ? 1 : 0;
    let found: usize = 0;
    let foundLeft: i64 = 0;
    for (let bin = histogram; bin < end; bin += 8) {
      const value = load<i64>(bin);
      if (!value) continue;
      left += value;
      const hessian = <f64>(<u32>left);
      if (hessian < least) continue;
      if (hessian > most) break;
      const gradient = <f64>(<i32>(left >> 32));
      const rest = gradientTotal - gradient;
      const leftPart = hessian + penalty;
      const rightPart = hessianTotal - hessian + penalty;
      const whole = leftPart * rightPart;
      const sum = gradient * gradient * rightPart + rest * rest * leftPart;
      if (sum > best * whole) {
        best = sum / whole;
        found = bin;
        foundLeft = left;
      }
    }
    if (found) {
      store<f64>(split, best, SPLIT_SCORE);
      store<i32>(split, <i32>((found - histogram) >> 3), SPLIT_BIN);
      store<i32>(split, missingLeft, SPLIT_MISSING_LEFT);
      store<i32>(split, <i32>(foundLeft >> 32), SPLIT_LEFT_GRADIENT);
      store<u32>(split, <u32>foundLeft, SPLIT_LEFT_HESSIAN);
    }
    if (missingLeft || !missing) return;
    left = missing;
    end = histogram + ((bins - 1) << 3);
  }
}
