import {
  BIN_COUNTS,
  COUNT,
  END_CUT,
  FIRST_CUT,
  FIRST_RIGHT,
  FROM_BIN,
  KIND,
  LAST_LEFT,
  LEAST_ROWS,
  MISSING,
  MISSING_SIDE,
  PAIRS,
  PLACE,
  SPLIT_FEATURE,
} from '../../src/kernels/forest-layout';
import { scanClasses } from './scan-classes';
import { scanPairs } from './scan-pairs';
import { histogramAt, rowCountsAt, slotBytes } from './sum-bins';

/**
 * Improve the job's split by the best cut of the feature at a place of the batch. A cut is named after
 * the last bin that goes left.
 *
 * @returns whether the feature has one value in all the node's rows.
 */
export function scanFeature(job: usize, feature: usize, place: usize): bool {
  const bins = <usize>load<u32>(<usize>load<u32>(job, BIN_COUNTS) + (feature << 2));
  const bytes = slotBytes(job);
  const histogram = histogramAt(job, place);
  let first: usize = 0;
  while (first < bins && load<f64>(histogram + first * bytes) === 0) first++;
  if (first === bins) return true;
  let last = bins - 1;
  while (load<f64>(histogram + last * bytes) === 0) last--;
  const isGappy = load<f64>(histogram + MISSING * bytes) > 0;
  if (first === last && !isGappy) return true;

  // With all values on the left, a cut parts them from the missing ones.
  store<u32>(job, <u32>place, PLACE);
  store<u32>(job, <u32>first, FROM_BIN);
  let isBetter = scanCuts(job, isGappy ? last + 1 : last, isGappy ? 0 : -1);
  if (isGappy && scanCuts(job, last, 1)) isBetter = true;
  if (isBetter) {
    let next = <usize>load<u32>(job, LAST_LEFT) + 1;
    while (next <= last && load<f64>(histogram + next * bytes) === 0) next++;
    store<u32>(job, next <= last ? <u32>next : MISSING, FIRST_RIGHT);
    store<u32>(job, <u32>feature, SPLIT_FEATURE);
  }
  return false;
}

/** @param missingSide 1 or 0: where missing values go; -1: there are none. */
function scanCuts(job: usize, to: usize, missingSide: i32): bool {
  const from = <usize>load<u32>(job, FROM_BIN);
  let first = from;
  let end = to;
  const least = load<u32>(job, LEAST_ROWS);
  if (least > 1) {
    const counts = rowCountsAt(job, <usize>load<u32>(job, PLACE));
    const rows = load<u32>(job, COUNT);
    let left: u32 = missingSide > 0 ? load<u32>(counts + (MISSING << 2)) : 0;
    for (; first < to; first++) {
      left += load<u32>(counts + (first << 2));
      if (left >= least) break;
    }
    if (first === to) return false;
    end = first;
    while (end < to && rows - left >= least) {
      end++;
      if (end < to) left += load<u32>(counts + (end << 2));
    }
  }
  store<u32>(job, <u32>first, FIRST_CUT);
  store<u32>(job, <u32>end, END_CUT);
  store<i32>(job, missingSide, MISSING_SIDE);
  return load<i32>(job, KIND) === PAIRS ? scanPairs(job) : scanClasses(job);
}
