import { MISSING, SCORE, TOTALS } from '../../forest-layout.ts';
import type { KernelMemory } from '../../kernel-memory.ts';
import type { CutRange } from './cut-range.ts';
import { histogramAt } from './histograms.ts';
import { noteCut } from './note-cut.ts';

/** Score cuts by how far the sides' means lie apart. @returns whether one is the best so far. */
export function scanPairs(memory: KernelMemory, job: number, range: CutRange): boolean {
  const { unsigned, doubles } = memory;
  const { from, first, end, missingLeft } = range;
  const histogram = histogramAt(memory, job, range.place);
  const totals = unsigned[(job + TOTALS) >>> 2]! >>> 3;
  const weight = doubles[totals]!;
  const target = doubles[totals + 1]!;
  const missing = histogram + 2 * MISSING;
  let leftWeight = missingLeft > 0 ? doubles[missing]! : 0;
  let leftTarget = missingLeft > 0 ? doubles[missing + 1]! : 0;
  let best = doubles[(job + SCORE) >>> 3]!;
  let isBetter = false;
  for (let bin = from; bin < end; bin++) {
    leftWeight += doubles[histogram + 2 * bin]!;
    leftTarget += doubles[histogram + 2 * bin + 1]!;
    if (bin < first) continue;
    const rightWeight = weight - leftWeight;
    const gap = leftTarget * weight - target * leftWeight;
    const score = (gap * gap) / (leftWeight * rightWeight);
    if (score > best && rightWeight > 0) {
      best = score;
      isBetter = true;
      noteCut(memory, job, { bin, missingLeft, leftWeight });
    }
  }
  doubles[(job + SCORE) >>> 3] = best;
  return isBetter;
}
