import {
  COUNT,
  INDEX,
  LAST_LEFT,
  LEFT_COUNT,
  MISSING,
  MISSING_LEFT,
  SPARE,
  SPARE_STATS,
  SPLIT_FEATURE,
  START,
  STATS,
} from '../../forest-layout.ts';
import type { KernelMemory } from '../../kernel-memory.ts';
import { binsOf } from './node-bins.ts';

/** Part the node's rows by its split: left before right, each side in its order. */
export function partNode(memory: KernelMemory, job: number): void {
  const { bytes, words, unsigned, doubles } = memory;
  const first = unsigned[(job + START) >>> 2]!;
  const count = unsigned[(job + COUNT) >>> 2]!;
  const { start, step } = binsOf(memory, job, unsigned[(job + SPLIT_FEATURE) >>> 2]!);
  const lastLeft = unsigned[(job + LAST_LEFT) >>> 2]!;
  const missingGoesLeft = words[(job + MISSING_LEFT) >>> 2] !== 0;
  const index = (unsigned[(job + INDEX) >>> 2]! >>> 2) + first;
  const stats = (unsigned[(job + STATS) >>> 2]! >>> 3) + 2 * first;
  const spare = unsigned[(job + SPARE) >>> 2]! >>> 2;
  const spareStats = unsigned[(job + SPARE_STATS) >>> 2]! >>> 3;
  let left = 0;
  let right = 0;
  for (let n = 0; n < count; n++) {
    const row = words[index + n]!;
    const bin = bytes[start + row * step]!;
    words[index + left] = row;
    words[spare + right] = row;
    for (let k = 0; k < 2; k++) {
      const stat = doubles[stats + 2 * n + k]!;
      doubles[stats + 2 * left + k] = stat;
      doubles[spareStats + 2 * right + k] = stat;
    }
    if (bin <= lastLeft || (bin === MISSING && missingGoesLeft)) left++;
    else right++;
  }
  words.copyWithin(index + left, spare, spare + right);
  doubles.copyWithin(stats + 2 * left, spareStats, spareStats + 2 * right);
  words[(job + LEFT_COUNT) >>> 2] = left;
}
