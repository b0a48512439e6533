import {
  BIN_COUNTS,
  FEATURES,
  FEATURE_HISTOGRAM_BYTES,
  HISTOGRAM,
  SIBLING,
} from '../job-layout.ts';
import type { KernelMemory } from '../kernel-memory.ts';

/** Take the histogram from its sibling's, for the features in use [from, to). */
export function subtractHistogram(
  memory: KernelMemory,
  job: number,
  from: number,
  to: number,
): void {
  const { unsigned, words } = memory;
  const features = unsigned[(job + FEATURES) >>> 2]! >>> 2;
  const counts = unsigned[(job + BIN_COUNTS) >>> 2]! >>> 2;
  for (let at = from; at < to; at++) {
    const feature = words[features + at]!;
    const offset = feature * FEATURE_HISTOGRAM_BYTES;
    const part = (unsigned[(job + HISTOGRAM) >>> 2]! + offset) >>> 2;
    const whole = (unsigned[(job + SIBLING) >>> 2]! + offset) >>> 2;
    const length = 2 * (words[counts + feature]! + 1);
    for (let i = 0; i < length; i++) words[whole + i]! -= words[part + i]!;
  }
}
