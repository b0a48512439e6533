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
 * Leaves are normalised (threshold 0, children point at the leaf itself), so that equal trees give
 * equal ensembles whatever a grower left in the unused entries.
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
      forest.threshold[node] = isLeaf ? 0 : tree.threshold[local]!;
      forest.leftChild[node] = isLeaf ? node : start + tree.leftChild[local]!;
      forest.rightChild[node] = isLeaf ? node : start + tree.rightChild[local]!;
      forest.missingLeft[node] = isLeaf ? 0 : tree.missingLeft[local]!;
      forest.leafIndex[node] = isLeaf ? leafStart + tree.leafIndex[local]! : -1;
    }
    start += tree.splitFeature.length;
    leafValueStart += tree.leafValues.length;
    forest.treeStarts[t + 1] = start;
  });
  return forest;
}
