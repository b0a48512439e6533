import {
  CLASS_COUNT,
  END_CUT,
  FIRST_CUT,
  FROM_BIN,
  IS_ENTROPY,
  LEFT_SUMS,
  MISSING,
  MISSING_SIDE,
  PLACE,
  SCORE,
  TOTALS,
} from '../../src/kernels/forest-layout';
import { logarithm } from './logarithm';
import { note } from './scan-pairs';
import { histogramAt, slotBytes } from './sum-bins';

/**
 * Score the job's cuts of a feature: by minus the impurity times the weight, summed over both sides,
 * up to a constant of the node.
 *
 * @returns whether one of them is the best so far.
 */
export function scanClasses(job: usize): bool {
  const first = <usize>load<u32>(job, FIRST_CUT);
  const end = <usize>load<u32>(job, END_CUT);
  const bytes = slotBytes(job);
  const histogram = histogramAt(job, <usize>load<u32>(job, PLACE));
  const totals = <usize>load<u32>(job, TOTALS);
  const left = <usize>load<u32>(job, LEFT_SUMS);
  const weight = load<f64>(totals);
  if (load<i32>(job, MISSING_SIDE) > 0) memory.copy(left, histogram + MISSING * bytes, bytes);
  else memory.fill(left, 0, bytes);
  let best = load<f64>(job, SCORE);
  let isBetter = false;
  for (let bin = <usize>load<u32>(job, FROM_BIN); bin < end; bin++) {
    const slot = histogram + bin * bytes;
    if (load<f64>(slot) === 0) continue;
    for (let at: usize = 0; at < bytes; at += 8) {
      store<f64>(left + at, load<f64>(left + at) + load<f64>(slot + at));
    }
    if (bin < first) continue;
    if (weight - load<f64>(left) <= 0) break;
    const score = sideScore(job, left, 0) + sideScore(job, totals, left);
    if (score > best) {
      best = score;
      isBetter = true;
      note(job, bin, load<f64>(left));
    }
  }
  store<f64>(job, best, SCORE);
  return isBetter;
}

/** Minus the impurity times the weight of these sums, less those at `without` unless it is 0. */
export function sideScore(job: usize, sums: usize, without: usize): f64 {
  const end = (<usize>load<u32>(job, CLASS_COUNT) + 1) << 3;
  const weight = load<f64>(sums) - (without ? load<f64>(without) : 0);
  const isEntropy = load<i32>(job, IS_ENTROPY) !== 0;
  let score = 0.0;
  for (let at: usize = 8; at < end; at += 8) {
    const share = load<f64>(sums + at) - (without ? load<f64>(without + at) : 0);
    if (!isEntropy) score += share * share;
    else if (share > 0) score += share * logarithm(share / weight);
  }
  return isEntropy ? score : score / weight;
}
