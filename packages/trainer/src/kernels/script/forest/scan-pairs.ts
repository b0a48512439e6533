import {
  END_CUT,
  FIRST_CUT,
  FROM_BIN,
  MISSING,
  MISSING_SIDE,
  PLACE,
  SCORE,
  TOTALS,
} from '../../forest-layout.ts';
import type { KernelMemory } from '../../kernel-memory.ts';
import { histogramAt } from './histograms.ts';
import { noteCut } from './note-cut.ts';

/** Score cuts by how far the sides' means lie apart. @returns whether one is the best so far. */
export function scanPairs(memory: KernelMemory, job: number): boolean {
  const { words, unsigned, doubles } = memory;
  const first = unsigned[(job + FIRST_CUT) >>> 2]!;
  const end = unsigned[(job + END_CUT) >>> 2]!;
  const isMissingLeft = words[(job + MISSING_SIDE) >>> 2]! > 0;
  const histogram = histogramAt(memory, job, unsigned[(job + PLACE) >>> 2]!);
  const totals = unsigned[(job + TOTALS) >>> 2]! >>> 3;
  const weight = doubles[totals]!;
  const target = doubles[totals + 1]!;
  const missing = histogram + 2 * MISSING;
  let leftWeight = isMissingLeft ? doubles[missing]! : 0;
  let leftTarget = isMissingLeft ? doubles[missing + 1]! : 0;
  let best = doubles[(job + SCORE) >>> 3]!;
  let isBetter = false;
  for (let bin = unsigned[(job + FROM_BIN) >>> 2]!; bin < end; bin++) {
    leftWeight += doubles[histogram + 2 * bin]!;
    leftTarget += doubles[histogram + 2 * bin + 1]!;
    if (bin < first) continue;
    const rightWeight = weight - leftWeight;
    const gap = leftTarget * weight - target * leftWeight;
    const score = (gap * gap) / (leftWeight * rightWeight);
    if (score > best && rightWeight > 0) {
      best = score;
      isBetter = true;
      noteCut(memory, job, { bin, leftWeight });
    }
  }
  doubles[(job + SCORE) >>> 3] = best;
  return isBetter;
}
