import { type Random, createRandom, shuffle } from '@gnu-mlops/core';
import { type CountedGroup, countGroups } from './count-groups.ts';
import { checkFoldCount, roundsOfFolds } from './rounds-of-folds.ts';
import { FOLD_STREAM, type Fold } from './split-folds.ts';

/** Settings of {@link splitGroupFolds}. */
export interface GroupFoldOptions {
  /** Group codes, each at least 0; one a row. */
  readonly groups: Int32Array;
  /** Class codes, one a row: the folds' shares of each class are then made as equal as groups allow. */
  readonly labels?: Int32Array;
  /** At least 2. */
  readonly folds: number;
  readonly seed: number;
}

/**
 * Deal whole groups into folds: no group is ever on both sides of a round. Each row is tested in
 * exactly one fold, and no fold is empty.
 *
 * The groups that are hardest to place come first, those of equal difficulty in random order; each
 * goes where it leaves the classes (without labels: the rows) spread most evenly.
 *
 * @throws {SplitInvalidError} when there are fewer groups than folds, or codes and rows disagree.
 * @see scikit-learn StratifiedGroupKFold and, without labels, GroupKFold, with shuffle.
 */
export function splitGroupFolds({ groups, labels, folds, seed }: GroupFoldOptions): Fold[] {
  const counted = countGroups(groups, labels);
  checkFoldCount(counted.groups.length, folds, 'groups');
  const { totals } = counted;
  const taken = Array.from({ length: folds }, () => new Float64Array(totals.length));
  const sizes = new Float64Array(folds);
  const foldOf = new Int32Array(groups.length);
  for (const group of hardestFirst(counted.groups, createRandom(seed, FOLD_STREAM))) {
    const fold = evenest(group, { taken, totals, sizes });
    group.counts.forEach((count, code) => (taken[fold]![code]! += count));
    sizes[fold]! += group.rows.length;
    for (const row of group.rows) foldOf[row] = fold;
  }
  return roundsOfFolds(foldOf, folds);
}

/** By how unequal the counts of the classes are, or by size where there is one class only. */
function hardestFirst(groups: readonly CountedGroup[], random: Random): CountedGroup[] {
  const difficulty = ({ counts }: CountedGroup) => {
    if (counts.length === 1) return counts[0]!;
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    return counts.reduce((sum, count) => sum + (count - mean) ** 2, 0);
  };
  const ranked = shuffle([...groups], random).map((group) => ({ group, rank: difficulty(group) }));
  return ranked.sort((a, b) => b.rank - a.rank).map(({ group }) => group);
}

/** The fold that leaves the classes' shares spread least; the smallest of equals, then the first. */
function evenest(
  { counts }: CountedGroup,
  { taken, totals, sizes }: { taken: Float64Array[]; totals: Float64Array; sizes: Float64Array },
): number {
  const folds = taken.length;
  // Per class: sums over the folds of the counts and of their squares, which one group changes little.
  const sums = Float64Array.from(totals, (_, code) =>
    taken.reduce((sum, fold) => sum + fold[code]!, 0),
  );
  const squares = Float64Array.from(totals, (_, code) =>
    taken.reduce((sum, fold) => sum + fold[code]! ** 2, 0),
  );
  let best = 0;
  let bestSpread = Infinity;
  for (let fold = 0; fold < folds; fold++) {
    let spread = 0;
    for (let code = 0; code < totals.length; code++) {
      const count = counts[code]!;
      const mean = (sums[code]! + count) / folds;
      const square = squares[code]! + (2 * taken[fold]![code]! + count) * count;
      spread += Math.sqrt(Math.max(0, square / folds - mean * mean)) / totals[code]!;
    }
    const slack = 1e-9 * totals.length;
    const isBetter = spread < bestSpread - slack;
    const isEqual = Math.abs(spread - bestSpread) <= slack;
    if (isBetter || (isEqual && sizes[fold]! < sizes[best]!)) {
      best = fold;
      bestSpread = spread;
    }
  }
  return best;
}
