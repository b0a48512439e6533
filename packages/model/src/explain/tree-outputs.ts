import type { TreeEnsemble } from '../estimator.ts';
import type { SplitTable } from './split-table.ts';

/** Differences of sums that a share's rounding may make. */
const ROUNDING = 1e-12;

/**
 * Whether every leaf's values have the same sum, as class shares have: then the contributions of a
 * feature to all outputs sum to 0, and those to the last output need no walk.
 */
export function leafSumsAreEqual({ leafValues, outputCount }: TreeEnsemble): boolean {
  if (outputCount < 2) return false;
  let lowest = Infinity;
  let highest = -Infinity;
  for (let at = 0; at < leafValues.length; at += outputCount) {
    let sum = 0;
    for (let k = 0; k < outputCount; k++) sum += leafValues[at + k]!;
    lowest = Math.min(lowest, sum);
    highest = Math.max(highest, sum);
  }
  return highest - lowest <= ROUNDING * Math.max(1, Math.abs(highest));
}

/** Make the last output's contributions out of the others', where all of them sum to 0. */
export function completeLastOutput(contributions: Float64Array, outputCount: number): void {
  for (let at = 0; at < contributions.length; at += outputCount) {
    let sum = 0;
    for (let k = 0; k < outputCount - 1; k++) sum += contributions[at + k]!;
    contributions[at + outputCount - 1] = -sum;
  }
}

/** What a tree's leaf value adds to the score: a mean takes its part of each tree. */
function leafScale({ aggregation, treeStarts }: TreeEnsemble): number {
  return aggregation === 'mean' ? 1 / (treeStarts.length - 1) : 1;
}

/** By child of every split: what a leaf adds to an output's score; 0 for a split. */
export function childValuesOf(
  trees: TreeEnsemble,
  { childLeaf }: SplitTable,
  output: number,
): Float64Array {
  const { leafValues, outputCount } = trees;
  const scale = leafScale(trees);
  const values = new Float64Array(childLeaf.length);
  for (let child = 0; child < childLeaf.length; child++) {
    const leaf = childLeaf[child]!;
    if (leaf >= 0) values[child] = scale * leafValues[leaf * outputCount + output]!;
  }
  return values;
}

/** What the ensemble scores for a row that every split sends both ways, by share; one an output. */
export function expectedScores(
  trees: TreeEnsemble,
  table: SplitTable,
  childValues: readonly Float64Array[],
): Float64Array {
  const { outputCount, leafValues, leafIndex, treeStarts } = trees;
  const { starts, childSplit, childShare } = table;
  const below = new Float64Array(childShare.length / 2);
  return Float64Array.from({ length: outputCount }, (_, k) => {
    let sum = trees.baseScore[k]!;
    for (let tree = 0; tree < starts.length - 1; tree++) {
      const start = starts[tree]!;
      for (let split = starts[tree + 1]! - 1; split >= start; split--) {
        below[split] = 0;
        for (let child = 2 * split; child < 2 * split + 2; child++) {
          const next = childSplit[child]!;
          const value = next < 0 ? childValues[k]![child]! : below[start + next]!;
          below[split]! += childShare[child]! * value;
        }
      }
      const isLeafOnly = start === starts[tree + 1];
      const onlyLeaf = leafIndex[treeStarts[tree]!]!;
      sum += isLeafOnly
        ? leafScale(trees) * leafValues[onlyLeaf * outputCount + k]!
        : below[start]!;
    }
    return sum;
  });
}
