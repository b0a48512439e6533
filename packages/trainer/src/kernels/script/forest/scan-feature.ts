import {
  BIN_COUNTS,
  COUNT,
  FIRST_RIGHT,
  KIND,
  LAST_LEFT,
  LEAST_ROWS,
  MISSING,
  PAIRS,
  SPLIT_FEATURE,
} from '../../forest-layout.ts';
import type { KernelMemory } from '../../kernel-memory.ts';
import type { CutRange } from './cut-range.ts';
import { histogramAt, rowCountsAt, slotLength } from './histograms.ts';
import { scanClasses } from './scan-classes.ts';
import { scanPairs } from './scan-pairs.ts';

/**
 * Improve the job's split by the best cut of the feature at a place of the batch.
 *
 * @returns whether the feature has one value in all the node's rows.
 */
export function scanFeature(
  memory: KernelMemory,
  job: number,
  { feature, place }: { readonly feature: number; readonly place: number },
): boolean {
  const { unsigned, doubles } = memory;
  const bins = unsigned[(unsigned[(job + BIN_COUNTS) >>> 2]! >>> 2) + feature]!;
  const length = slotLength(memory, job);
  const histogram = histogramAt(memory, job, place);
  const isUsed = (bin: number) => doubles[histogram + bin * length] !== 0;
  let from = 0;
  while (from < bins && !isUsed(from)) from++;
  if (from === bins) return true;
  let last = bins - 1;
  while (!isUsed(last)) last--;
  const isGappy = isUsed(MISSING);
  if (from === last && !isGappy) return true;

  const sides = isGappy
    ? [
        { end: last + 1, missingLeft: 0 },
        { end: last, missingLeft: 1 },
      ]
    : [{ end: last, missingLeft: -1 }];
  for (const { end, missingLeft } of sides) {
    const range = narrow(memory, job, { place, from, first: from, end, missingLeft });
    if (range === undefined) continue;
    const isBetter =
      unsigned[(job + KIND) >>> 2] === PAIRS
        ? scanPairs(memory, job, range)
        : scanClasses(memory, job, range);
    if (!isBetter) continue;
    let next = unsigned[(job + LAST_LEFT) >>> 2]! + 1;
    while (next <= last && !isUsed(next)) next++;
    unsigned[(job + FIRST_RIGHT) >>> 2] = next <= last ? next : MISSING;
    unsigned[(job + SPLIT_FEATURE) >>> 2] = feature;
  }
  return false;
}

/** Leave the cuts out that leave too few rows on a side; undefined where none is left. */
function narrow(memory: KernelMemory, job: number, range: CutRange): CutRange | undefined {
  const { unsigned } = memory;
  const least = unsigned[(job + LEAST_ROWS) >>> 2]!;
  if (least < 2) return range;
  const counts = rowCountsAt(memory, job, range.place);
  const rows = unsigned[(job + COUNT) >>> 2]!;
  let left = range.missingLeft > 0 ? unsigned[counts + MISSING]! : 0;
  let first = range.end;
  let end = range.end;
  for (let bin = range.from; bin < range.end; bin++) {
    left += unsigned[counts + bin]!;
    if (left >= least && first === range.end) first = bin;
    if (rows - left < least) {
      end = bin;
      break;
    }
  }
  return first === range.end ? undefined : { ...range, first, end: Math.max(first, end) };
}
