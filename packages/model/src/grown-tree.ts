import type { CategorySets } from './category-sets.ts';

/**
 * One tree as a trainer grows it: one entry a node, the root first, every child after its parent.
 * Indices are the tree's own; `assembleForest` moves them into the ensemble.
 */
export interface GrownTree {
  /** The feature a node splits on; -1 = leaf. */
  readonly splitFeature: Int32Array;
  /**
   * A value at most the threshold goes left; not NaN. Infinity parts the present values from the
   * missing ones. What a leaf holds here does not matter.
   */
  readonly threshold: Float64Array;
  /** Nodes of this tree. What a leaf holds here does not matter. */
  readonly leftChild: Int32Array;
  readonly rightChild: Int32Array;
  /** 1: a missing value goes left; 0: right. */
  readonly missingLeft: Uint8Array;
  /** Splits on sets of categories, numbered within this tree; absent: there are none. */
  readonly categorySets?: CategorySets;
  /** Row of this tree's `leafValues`; -1 for a split node. */
  readonly leafIndex: Int32Array;
  /** leaves x outputCount, row-major; finite. */
  readonly leafValues: Float64Array;
  /** Training rows (weights) that reached the node. */
  readonly cover: Float64Array;
}
