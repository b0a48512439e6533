import type { TreeEnsemble } from './estimator.ts';

/** A tree ensemble laid out for walking without branches; see {@link packTrees}. */
export interface PackedTrees {
  /** Root node of each tree. */
  readonly roots: Int32Array;
  /** Which number of a widened row (see `widenRows`) a node compares with its threshold. */
  readonly valueIndex: Int32Array;
  readonly threshold: Float64Array;
  /** The left child; the right child is the node after it. A leaf has itself. */
  readonly firstChild: Int32Array;
  /** Where in `leafValues` a leaf's outputs start; -1 for a split node. */
  readonly leafStart: Int32Array;
  /** The set of categories a node asks for; -1 = none. Undefined where no node asks for one. */
  readonly setOf: Int32Array | undefined;
}

/**
 * Reorder the nodes of each tree breadth first, so that siblings are neighbours and a step down is
 * `firstChild[node] + Number(!(value <= threshold[node]))`. A leaf compares with Infinity and stays
 * where it is, so that walks of different lengths go on side by side.
 *
 * @param trees checked: every node but a root is the child of exactly one node.
 */
export function packTrees(trees: TreeEnsemble): PackedTrees {
  const nodeCount = trees.splitFeature.length;
  const order = new Int32Array(nodeCount);
  const valueIndex = new Int32Array(nodeCount);
  const threshold = new Float64Array(nodeCount);
  const firstChild = new Int32Array(nodeCount);
  const leafStart = new Int32Array(nodeCount);
  const setOf = trees.categorySets && new Int32Array(nodeCount).fill(-1);

  const roots = trees.treeStarts.slice(0, -1);
  for (const root of roots) {
    order[root] = root;
    let end = root + 1;
    for (let node = root; node < end; node++) {
      const original = order[node]!;
      const feature = trees.splitFeature[original]!;
      if (feature < 0) {
        valueIndex[node] = widenedIndex(0, 1);
        threshold[node] = Infinity;
        firstChild[node] = node;
        leafStart[node] = trees.leafIndex[original]! * trees.outputCount;
      } else {
        valueIndex[node] = widenedIndex(feature, trees.missingLeft[original]!);
        threshold[node] = trees.threshold[original]!;
        firstChild[node] = end;
        leafStart[node] = -1;
        if (setOf) setOf[node] = trees.categorySets!.setOf[original]!;
        order[end++] = trees.leftChild[original]!;
        order[end++] = trees.rightChild[original]!;
      }
    }
  }
  return { roots, valueIndex, threshold, firstChild, leafStart, setOf };
}

/** A widened row holds each feature twice: first as it is, then with missing values at the far left. */
function widenedIndex(feature: number, missingLeft: number): number {
  return 2 * feature + missingLeft;
}
