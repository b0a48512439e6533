import type { CategorySets } from './category-sets.ts';
import type { Link, TreeEnsemble } from './estimator.ts';
import type { GrownTree } from './grown-tree.ts';

/** How the trees of a forest become outputs. */
export interface ForestShape {
  /** Numbers per leaf. */
  readonly outputCount: number;
  readonly aggregation: 'mean' | 'sum';
  /** Length outputCount; default zeros. Added after the trees are combined, before the link. */
  readonly baseScore?: ArrayLike<number>;
  /** Default `identity`. */
  readonly link?: Link;
}

/**
 * Join grown trees into one ensemble of flat arrays, in the order given.
 *
 * What does not matter is normalised (a leaf's threshold is 0 and its children are itself, each split
 * on categories has a set of its own, in the order of the nodes), so that equal trees give equal
 * ensembles whatever a grower left in the unused entries.
 */
export function assembleForest(trees: readonly GrownTree[], shape: ForestShape): TreeEnsemble {
  const { outputCount } = shape;
  const nodeCount = trees.reduce((sum, tree) => sum + tree.splitFeature.length, 0);
  const valueCount = trees.reduce((sum, tree) => sum + tree.leafValues.length, 0);
  const forest = {
    kind: 'tree_ensemble' as const,
    outputCount,
    treeStarts: new Int32Array(trees.length + 1),
    splitFeature: new Int32Array(nodeCount),
    threshold: new Float64Array(nodeCount),
    leftChild: new Int32Array(nodeCount),
    rightChild: new Int32Array(nodeCount),
    missingLeft: new Uint8Array(nodeCount),
    leafIndex: new Int32Array(nodeCount),
    leafValues: new Float64Array(valueCount),
    cover: new Float64Array(nodeCount),
    aggregation: shape.aggregation,
    baseScore: Float64Array.from(shape.baseScore ?? new Float64Array(outputCount)),
    link: shape.link ?? ('identity' as const),
  };

  let start = 0;
  let leafValueStart = 0;
  trees.forEach((tree, t) => {
    const leafStart = leafValueStart / outputCount;
    forest.cover.set(tree.cover, start);
    forest.leafValues.set(tree.leafValues, leafValueStart);
    for (let local = 0; local < tree.splitFeature.length; local++) {
      const node = start + local;
      const feature = tree.splitFeature[local]!;
      const isLeaf = feature < 0;
      forest.splitFeature[node] = isLeaf ? -1 : feature;
      const asksForSet = (tree.categorySets?.setOf[local] ?? -1) >= 0;
      forest.threshold[node] = isLeaf || asksForSet ? 0 : tree.threshold[local]!;
      forest.leftChild[node] = isLeaf ? node : start + tree.leftChild[local]!;
      forest.rightChild[node] = isLeaf ? node : start + tree.rightChild[local]!;
      forest.missingLeft[node] = isLeaf ? 0 : tree.missingLeft[local]!;
      forest.leafIndex[node] = isLeaf ? leafStart + tree.leafIndex[local]! : -1;
    }
    start += tree.splitFeature.length;
    leafValueStart += tree.leafValues.length;
    forest.treeStarts[t + 1] = start;
  });
  const categorySets = joinCategorySets(trees);
  return categorySets === undefined ? forest : { ...forest, categorySets };
}

/** The sets of all trees, numbered through; undefined where no split asks for one. */
function joinCategorySets(trees: readonly GrownTree[]): CategorySets | undefined {
  const setOf: number[] = [];
  const starts = [0];
  const words: number[] = [];
  for (const { splitFeature, categorySets: own } of trees) {
    for (let local = 0; local < splitFeature.length; local++) {
      const set = splitFeature[local]! < 0 ? -1 : (own?.setOf[local] ?? -1);
      setOf.push(set < 0 ? -1 : starts.length - 1);
      if (own === undefined || set < 0) continue;
      for (let at = own.starts[set]!; at < own.starts[set + 1]!; at++) words.push(own.words[at]!);
      starts.push(words.length);
    }
  }
  if (starts.length === 1) return undefined;
  return {
    setOf: Int32Array.from(setOf),
    starts: Int32Array.from(starts),
    words: Int32Array.from(words),
  };
}
