import {
  BIN_COUNTS,
  COUNT,
  END_CUT,
  FIRST_CUT,
  FIRST_RIGHT,
  FROM_BIN,
  KIND,
  LAST_LEFT,
  LEAST_ROWS,
  MISSING,
  MISSING_SIDE,
  PAIRS,
  PLACE,
  SPLIT_FEATURE,
} from '../../forest-layout.ts';
import type { KernelMemory } from '../../kernel-memory.ts';
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
  const { words, unsigned, doubles } = memory;
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
        { end: last + 1, missingSide: 0 },
        { end: last, missingSide: 1 },
      ]
    : [{ end: last, missingSide: -1 }];
  unsigned[(job + PLACE) >>> 2] = place;
  unsigned[(job + FROM_BIN) >>> 2] = from;
  for (const { end, missingSide } of sides) {
    const cuts = cutsToScore(memory, job, { end, missingSide });
    if (cuts === undefined) continue;
    unsigned[(job + FIRST_CUT) >>> 2] = cuts.first;
    unsigned[(job + END_CUT) >>> 2] = cuts.end;
    words[(job + MISSING_SIDE) >>> 2] = missingSide;
    const isBetter =
      unsigned[(job + KIND) >>> 2] === PAIRS ? scanPairs(memory, job) : scanClasses(memory, job);
    if (!isBetter) continue;
    let next = unsigned[(job + LAST_LEFT) >>> 2]! + 1;
    while (next <= last && !isUsed(next)) next++;
    unsigned[(job + FIRST_RIGHT) >>> 2] = next <= last ? next : MISSING;
    unsigned[(job + SPLIT_FEATURE) >>> 2] = feature;
  }
  return false;
}

/** Those of a feature's cuts that leave enough rows on both sides; undefined where there are none. */
function cutsToScore(
  memory: KernelMemory,
  job: number,
  given: { readonly end: number; readonly missingSide: number },
): { readonly first: number; readonly end: number } | undefined {
  const { unsigned } = memory;
  const from = unsigned[(job + FROM_BIN) >>> 2]!;
  const least = unsigned[(job + LEAST_ROWS) >>> 2]!;
  if (least < 2) return { first: from, end: given.end };
  const counts = rowCountsAt(memory, job, unsigned[(job + PLACE) >>> 2]!);
  const rows = unsigned[(job + COUNT) >>> 2]!;
  let left = given.missingSide > 0 ? unsigned[counts + MISSING]! : 0;
  let first = given.end;
  let end = given.end;
  for (let bin = from; bin < given.end; bin++) {
    left += unsigned[counts + bin]!;
    if (left >= least && first === given.end) first = bin;
    if (rows - left < least) {
      end = bin;
      break;
    }
  }
  return first === given.end ? undefined : { first, end: Math.max(first, end) };
}
