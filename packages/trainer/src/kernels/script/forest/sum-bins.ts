import {
  BIN_COUNTS,
  COUNT,
  INDEX,
  KIND,
  LEAST_ROWS,
  MISSING,
  PAIRS,
  START,
  STATS,
} from '../../forest-layout.ts';
import type { KernelMemory } from '../../kernel-memory.ts';
import { histogramAt, rowCountsAt, slotLength } from './histograms.ts';
import { binsOf } from './node-bins.ts';

/** Fill the histogram of the feature at a place of the batch over the node's rows. */
export function sumBins(
  memory: KernelMemory,
  job: number,
  { feature, place }: { readonly feature: number; readonly place: number },
): void {
  const { bytes, words, unsigned, doubles } = memory;
  const length = slotLength(memory, job);
  const histogram = histogramAt(memory, job, place);
  const bins = unsigned[(unsigned[(job + BIN_COUNTS) >>> 2]! >>> 2) + feature]!;
  doubles.fill(0, histogram, histogram + Math.min(bins + 1, 256) * length);
  doubles.fill(0, histogram + MISSING * length, histogram + (MISSING + 1) * length);

  const { start, step } = binsOf(memory, job, feature);
  const first = unsigned[(job + START) >>> 2]!;
  const index = (unsigned[(job + INDEX) >>> 2]! >>> 2) + first;
  const stats = (unsigned[(job + STATS) >>> 2]! >>> 3) + 2 * first;
  const count = unsigned[(job + COUNT) >>> 2]!;
  if (words[(job + KIND) >>> 2] === PAIRS) {
    for (let n = 0; n < count; n++) {
      const slot = histogram + 2 * bytes[start + unsigned[index + n]! * step]!;
      doubles[slot]! += doubles[stats + 2 * n]!;
      doubles[slot + 1]! += doubles[stats + 2 * n + 1]!;
    }
  } else {
    for (let n = 0; n < count; n++) {
      const slot = histogram + length * bytes[start + unsigned[index + n]! * step]!;
      doubles[slot]! += doubles[stats + 2 * n]!;
      doubles[slot + 1 + doubles[stats + 2 * n + 1]!]! += doubles[stats + 2 * n]!;
    }
  }
  if (unsigned[(job + LEAST_ROWS) >>> 2]! < 2) return;
  const counts = rowCountsAt(memory, job, place);
  words.fill(0, counts, counts + 256);
  for (let n = 0; n < count; n++) words[counts + bytes[start + unsigned[index + n]! * step]!]! += 1;
}
