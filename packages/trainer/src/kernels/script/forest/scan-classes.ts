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
} from '../../forest-layout.ts';
import type { KernelMemory } from '../../kernel-memory.ts';
import { histogramAt, slotLength } from './histograms.ts';
import { logarithm } from './logarithm.ts';
import { noteCut } from './note-cut.ts';

/** Score cuts by the impurity of both sides. @returns whether one is the best so far. */
export function scanClasses(memory: KernelMemory, job: number): boolean {
  const { words, unsigned, doubles } = memory;
  const first = unsigned[(job + FIRST_CUT) >>> 2]!;
  const end = unsigned[(job + END_CUT) >>> 2]!;
  const isMissingLeft = words[(job + MISSING_SIDE) >>> 2]! > 0;
  const length = slotLength(memory, job);
  const histogram = histogramAt(memory, job, unsigned[(job + PLACE) >>> 2]!);
  const totals = unsigned[(job + TOTALS) >>> 2]! >>> 3;
  const left = unsigned[(job + LEFT_SUMS) >>> 2]! >>> 3;
  const missing = histogram + MISSING * length;
  if (isMissingLeft) doubles.copyWithin(left, missing, missing + length);
  else doubles.fill(0, left, left + length);
  let best = doubles[(job + SCORE) >>> 3]!;
  let isBetter = false;
  for (let bin = unsigned[(job + FROM_BIN) >>> 2]!; bin < end; bin++) {
    const slot = histogram + bin * length;
    if (doubles[slot] === 0) continue;
    for (let k = 0; k < length; k++) doubles[left + k]! += doubles[slot + k]!;
    if (bin < first) continue;
    if (doubles[totals]! - doubles[left]! <= 0) break;
    const score =
      sideScore(memory, job, { sums: left }) +
      sideScore(memory, job, { sums: totals, without: left });
    if (score > best) {
      best = score;
      isBetter = true;
      noteCut(memory, job, { bin, leftWeight: doubles[left]! });
    }
  }
  doubles[(job + SCORE) >>> 3] = best;
  return isBetter;
}

/** Minus the impurity times the weight of these sums, less those at `without`. */
export function sideScore(
  { unsigned, doubles }: KernelMemory,
  job: number,
  { sums, without }: { readonly sums: number; readonly without?: number },
): number {
  const classCount = unsigned[(job + CLASS_COUNT) >>> 2]!;
  const isEntropy = unsigned[(job + IS_ENTROPY) >>> 2] !== 0;
  const at = (k: number) =>
    doubles[sums + k]! - (without === undefined ? 0 : doubles[without + k]!);
  const weight = at(0);
  let score = 0;
  for (let k = 1; k <= classCount; k++) {
    const share = at(k);
    if (!isEntropy) score += share * share;
    else if (share > 0) score += share * logarithm(share / weight);
  }
  return isEntropy ? score : score / weight;
}
