import { CLASS_COUNT, HISTOGRAMS, KIND, PAIRS, ROW_COUNTS } from '../../forest-layout.ts';
import type { KernelMemory } from '../../kernel-memory.ts';

/** Doubles of a bin's sums. */
export function slotLength({ words }: KernelMemory, job: number): number {
  return words[(job + KIND) >>> 2] === PAIRS ? 2 : words[(job + CLASS_COUNT) >>> 2]! + 1;
}

/** Where, among the doubles, the histogram of the feature at a place of the batch lies. */
export function histogramAt(memory: KernelMemory, job: number, place: number): number {
  const start = memory.unsigned[(job + HISTOGRAMS) >>> 2]! >>> 3;
  return start + place * 256 * slotLength(memory, job);
}

/** Where, among the words, its row counts lie. */
export function rowCountsAt({ unsigned }: KernelMemory, job: number, place: number): number {
  return (unsigned[(job + ROW_COUNTS) >>> 2]! >>> 2) + place * 256;
}
