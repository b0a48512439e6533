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
} from '../job-layout.ts';
import type { KernelMemory } from '../kernel-memory.ts';

/** Find the best split of each of the features in use [from, to). */
export function scanSplits(memory: KernelMemory, job: number, from: number, to: number): void {
  const { bytes, unsigned, words, doubles } = memory;
  const features = unsigned[(job + FEATURES) >>> 2]! >>> 2;
  for (let at = from; at < to; at++) {
    const feature = words[features + at]!;
    const split = unsigned[(job + SPLITS) >>> 2]! + at * SPLIT_BYTES;
    const histogram = (unsigned[(job + SCANNED) >>> 2]! + feature * FEATURE_HISTOGRAM_BYTES) >>> 2;
    const bins = words[(unsigned[(job + BIN_COUNTS) >>> 2]! >>> 2) + feature]!;
    const isGappy = bytes[unsigned[(job + HAS_MISSING) >>> 2]! + feature] !== 0;
    const low = words[histogram + 2 * bins]! >>> 0;
    const high = words[histogram + 2 * bins + 1]!;
    doubles[(split + SPLIT_SCORE) >>> 3] = -1;
    const sides = { job, split, histogram };
    if (isGappy && (low !== 0 || high !== 0)) {
      scanFrom(memory, sides, { bins, low: 0, high: 0 });
      scanFrom(memory, sides, { bins: bins - 1, low, high });
    } else {
      scanFrom(memory, sides, { bins: bins - 1, low: 0, high: 0 });
    }
  }
}

interface Scan {
  readonly job: number;
  readonly split: number;
  readonly histogram: number;
}

/** How many bins to scan, and what lies left of the first: nothing, or the missing values. */
interface ScanStart {
  readonly bins: number;
  readonly low: number;
  readonly high: number;
}

function scanFrom(memory: KernelMemory, { job, split, histogram }: Scan, start: ScanStart): void {
  const { unsigned, words, doubles } = memory;
  const gradientTotal = words[(job + GRADIENT_TOTAL) >>> 2]!;
  const hessianTotal = unsigned[(job + HESSIAN_TOTAL) >>> 2]!;
  const least = doubles[(job + LEAST_HESSIAN) >>> 3]!;
  const penalty = doubles[(job + PENALTY) >>> 3]!;
  const most = hessianTotal - least;
  let best = Math.max(doubles[(job + SCORE_TO_BEAT) >>> 3]!, doubles[split >>> 3]!);
  let hessian = start.low;
  let gradient = start.high;
  let found = -1;
  let foundGradient = 0;
  let foundHessian = 0;
  for (let bin = 0; bin < start.bins; bin++) {
    const low = words[histogram + 2 * bin]!;
    const high = words[histogram + 2 * bin + 1]!;
    if (low === 0 && high === 0) continue;
    hessian += low >>> 0;
    gradient += high;
    if (hessian < least) continue;
    if (hessian > most) break;
    const rest = gradientTotal - gradient;
    const leftPart = hessian + penalty;
    const rightPart = hessianTotal - hessian + penalty;
    const whole = leftPart * rightPart;
    const sum = gradient * gradient * rightPart + rest * rest * leftPart;
    if (sum > best * whole) {
      best = sum / whole;
      found = bin;
      foundGradient = gradient;
      foundHessian = hessian;
    }
  }
  if (found < 0) return;
  doubles[(split + SPLIT_SCORE) >>> 3] = best;
  words[(split + SPLIT_BIN) >>> 2] = found;
  words[(split + SPLIT_MISSING_LEFT) >>> 2] = start.low !== 0 || start.high !== 0 ? 1 : 0;
  words[(split + SPLIT_LEFT_GRADIENT) >>> 2] = foundGradient;
  unsigned[(split + SPLIT_LEFT_HESSIAN) >>> 2] = foundHessian;
}
