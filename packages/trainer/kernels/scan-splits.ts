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
  const binCounts = <usize>load<u32>(job + BIN_COUNTS);
  const hasMissing = <usize>load<u32>(job + HAS_MISSING);
  const scanned = <usize>load<u32>(job + SCANNED);
  for (let at = <usize>from; at < <usize>to; at++) {
    const feature = <usize>load<u32>(features + (at << 2));
    const split = <usize>load<u32>(job + SPLITS) + at * SPLIT_BYTES;
    const histogram = scanned + feature * FEATURE_HISTOGRAM_BYTES;
    const bins = load<i32>(binCounts + (feature << 2));
    const missing = load<i64>(histogram + (<usize>bins << 3));
    store<f64>(split, -1, SPLIT_SCORE);
    if (load<u8>(hasMissing + feature) && missing) {
      // With all values on the left, the split parts them from the missing ones.
      scanFrom(job, split, histogram, bins, 0);
      scanFrom(job, split, histogram, bins - 1, missing);
    } else {
      scanFrom(job, split, histogram, bins - 1, 0);
    }
  }
}

function scanFrom(job: usize, split: usize, histogram: usize, bins: i32, missing: i64): void {
  const gradientTotal = <f64>load<i32>(job + GRADIENT_TOTAL);
  const hessianTotal = <f64>load<u32>(job + HESSIAN_TOTAL);
  const least = load<f64>(job + LEAST_HESSIAN);
  const penalty = load<f64>(job + PENALTY);
  const most = hessianTotal - least;
  let best = max<f64>(load<f64>(job + SCORE_TO_BEAT), load<f64>(split, SPLIT_SCORE));
  let left = missing;
  let found: i32 = -1;
  let foundLeft: i64 = 0;
  for (let bin = 0; bin < bins; bin++) {
    const value = load<i64>(histogram + (<usize>bin << 3));
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
  if (found < 0) return;
  store<f64>(split, best, SPLIT_SCORE);
  store<i32>(split, found, SPLIT_BIN);
  store<i32>(split, missing !== 0 ? 1 : 0, SPLIT_MISSING_LEFT);
  store<i32>(split, <i32>(foundLeft >> 32), SPLIT_LEFT_GRADIENT);
  store<u32>(split, <u32>foundLeft, SPLIT_LEFT_HESSIAN);
}
