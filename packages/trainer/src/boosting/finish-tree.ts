import type { GrownTree } from '@gnu-mlops/model';
import { categorySetsOf } from './category-sets-of.ts';
import type { FoundSplit, TreeLeaf } from './tree-leaf.ts';

/** A leaf that was split, and the nodes of its two sides. */
export interface TreeSplit {
  readonly leaf: TreeLeaf;
  readonly found: FoundSplit;
  readonly left: number;
  readonly right: number;
}

/** What a tree looks like before its leaves have values. */
export interface TreeShape {
  readonly nodeCount: number;
  /** Parents before their children. */
  readonly splits: readonly TreeSplit[];
  /** In the order of their nodes. */
  readonly leaves: readonly TreeLeaf[];
}

/** Values of the leaves. */
export interface LeafValues {
  /** One a leaf. */
  readonly values: ArrayLike<number>;
  /** Weight of the rows in each leaf. */
  readonly covers: ArrayLike<number>;
  /** Which output the values are of. */
  readonly output: number;
  readonly outputCount: number;
}

/** Make a tree of its shape and the values of its leaves. */
export function finishTree(shape: TreeShape, leafValues: LeafValues): GrownTree {
  const { nodeCount, splits, leaves } = shape;
  const { values, covers, output, outputCount } = leafValues;
  const categorySets = categorySetsOf(nodeCount, splits);
  const tree: GrownTree = {
    splitFeature: new Int32Array(nodeCount).fill(-1),
    threshold: new Float64Array(nodeCount),
    leftChild: Int32Array.from({ length: nodeCount }, (_, node) => node),
    rightChild: Int32Array.from({ length: nodeCount }, (_, node) => node),
    missingLeft: new Uint8Array(nodeCount),
    leafIndex: new Int32Array(nodeCount).fill(-1),
    leafValues: new Float64Array(leaves.length * outputCount),
    cover: new Float64Array(nodeCount),
    ...(categorySets && { categorySets }),
  };
  leaves.forEach(({ node }, at) => {
    tree.leafIndex[node] = at;
    tree.cover[node] = covers[at]!;
    tree.leafValues[at * outputCount + output] = values[at]!;
  });
  for (const { leaf, found, left, right } of splits.toReversed()) {
    const { source, tops } = found.feature;
    tree.splitFeature[leaf.node] = source;
    tree.threshold[leaf.node] = found.bin < 0 ? 0 : (tops[found.bin] ?? Infinity);
    tree.missingLeft[leaf.node] = missingSide(leaf, found);
    tree.leftChild[leaf.node] = left;
    tree.rightChild[leaf.node] = right;
    tree.cover[leaf.node] = tree.cover[left]! + tree.cover[right]!;
  }
  return tree;
}

/** Of numbers, where nothing was missing, missing values go with the larger part. */
function missingSide(leaf: TreeLeaf, found: FoundSplit): number {
  if (found.feature.categories !== undefined) return 0;
  if (found.isGappy) return found.missingLeft;
  return 2 * found.leftHessian >= leaf.hessian ? 1 : 0;
}
