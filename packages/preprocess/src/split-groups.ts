import { type Random, createRandom, shuffle } from '@gnu-mlops/core';
import { type CountedGroup, type CountedGroups, countGroups } from './count-groups.ts';
import { countTestRows } from './count-test-rows.ts';
import { type Split, splitByFlags } from './split.ts';

/** Settings of {@link splitGroups}. */
export interface GroupSplitOptions {
  /** Group codes, each at least 0; one a row. */
  readonly groups: Int32Array;
  /** Class codes, one a row: the test side's share of each class is then kept as groups allow. */
  readonly labels?: Int32Array;
  /**
   * The test side's share, in (0, 1): of the groups, rounded up to whole ones; with labels, of the
   * rows of each class, as nearly as whole groups make it.
   */
  readonly testSize: number;
  readonly seed: number;
}

/**
 * Split rows at random so that all rows of a group are on one side: the visits of one patient, the
 * orders of one customer.
 *
 * @throws {SplitInvalidError} when a side would get no group, or codes and rows disagree.
 * @see scikit-learn GroupShuffleSplit, which knows no labels.
 */
export function splitGroups({ groups, labels, testSize, seed }: GroupSplitOptions): Split {
  const counted = countGroups(groups, labels);
  const testCount = countTestRows(counted.groups.length, testSize, 'groups');
  const random = createRandom(seed);
  const tested =
    labels === undefined
      ? shuffle([...counted.groups], random).slice(0, testCount)
      : drawProportionally(counted, testSize, random);
  const isTest = new Uint8Array(groups.length);
  for (const { rows } of tested) for (const row of rows) isTest[row] = 1;
  return splitByFlags(isTest);
}

/** Orders of the groups that are tried; the classes come out nearest to their shares in one of them. */
const ATTEMPTS = 16;

function drawProportionally(
  { groups, totals }: CountedGroups,
  share: number,
  random: Random,
): readonly CountedGroup[] {
  let best: Draw | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const drawn = drawInOrder({ groups: shuffle([...groups], random), totals }, share);
    if (best === undefined || drawn.distance < best.distance) best = drawn;
  }
  return best!.groups;
}

interface Draw {
  readonly groups: readonly CountedGroup[];
  readonly distance: number;
}

/** In turn, every group that brings the classes nearer to their shares; at least one, never all. */
function drawInOrder({ groups, totals }: CountedGroups, share: number): Draw {
  const drawn = new Float64Array(totals.length);
  const distanceWith = (counts: Float64Array) =>
    counts.reduce((sum, count, code) => {
      const excess = (drawn[code]! + count) / totals[code]! - share;
      return sum + excess * excess;
    }, 0);
  let distance = distanceWith(new Float64Array(totals.length));
  const tested: CountedGroup[] = [];
  for (const group of groups) {
    const next = distanceWith(group.counts);
    if (next >= distance || tested.length === groups.length - 1) continue;
    group.counts.forEach((count, code) => (drawn[code]! += count));
    tested.push(group);
    distance = next;
  }
  if (tested.length > 0) return { groups: tested, distance };
  // Every group is more than twice the share: the one that overshoots least.
  const least = groups.reduce((best, group) =>
    distanceWith(group.counts) < distanceWith(best.counts) ? group : best,
  );
  return { groups: [least], distance: distanceWith(least.counts) };
}
