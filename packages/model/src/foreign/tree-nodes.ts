import { categoriesOfSet } from '../category-sets.ts';
import type { TreeEnsemble } from '../estimator.ts';

/** One of an ensemble's trees seen through one of its outputs. */
export interface OutputTree {
  readonly tree: number;
  readonly output: number;
}

/**
 * For each output, the trees whose leaves say anything about it, in order: other libraries grow a
 * tree for one output only.
 */
export function treesByOutput(trees: TreeEnsemble): OutputTree[][] {
  return Array.from({ length: trees.outputCount }, (_, output) => {
    const found: OutputTree[] = [];
    for (let tree = 0; tree < trees.treeStarts.length - 1; tree++) {
      if (saysAnything(trees, tree, output)) found.push({ tree, output });
    }
    return found;
  });
}

function saysAnything(trees: TreeEnsemble, tree: number, output: number): boolean {
  for (let node = trees.treeStarts[tree]!; node < trees.treeStarts[tree + 1]!; node++) {
    const leaf = trees.leafIndex[node]!;
    if (leaf >= 0 && trees.leafValues[leaf * trees.outputCount + output] !== 0) return true;
  }
  return false;
}

/** What a leaf adds to an output's sum: of a mean, its part. */
export function leafPart(trees: TreeEnsemble, node: number, output: number): number {
  const value = trees.leafValues[trees.leafIndex[node]! * trees.outputCount + output]!;
  return trees.aggregation === 'mean' ? value / (trees.treeStarts.length - 1) : value;
}

/** The categories that go left at a node; undefined where it compares with its threshold. */
export function leftCategories({ categorySets }: TreeEnsemble, node: number): number[] | undefined {
  const set = categorySets?.setOf[node] ?? -1;
  return set < 0 ? undefined : categoriesOfSet(categorySets!, set);
}
