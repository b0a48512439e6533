import type { CategorySets } from './category-sets.ts';

/** How raw scores become outputs; `exponential` is for counts and amounts, whose log is what was learnt. */
export type Link = 'identity' | 'logistic' | 'softmax' | 'exponential';

/**
 * Trees as flat arrays, one entry a node; the nodes of tree `t` are
 * `treeStarts[t] .. treeStarts[t + 1] - 1` and its root is the first of them.
 */
export interface TreeEnsemble {
  readonly kind: 'tree_ensemble';
  /** Numbers per leaf: 1 for regression, one per class for a forest of class shares. */
  readonly outputCount: number;
  /** Length trees + 1. */
  readonly treeStarts: Int32Array;
  /** The feature a node splits on; -1 = leaf. */
  readonly splitFeature: Int32Array;
  /** A value at most the threshold goes left. Not NaN; Infinity parts present values from missing. */
  readonly threshold: Float64Array;
  /** Absolute node indices; a leaf points at itself. */
  readonly leftChild: Int32Array;
  readonly rightChild: Int32Array;
  /** 1: a missing value goes left; 0: right. */
  readonly missingLeft: Uint8Array;
  /** Splits on sets of categories, whose thresholds do not matter; absent: there are none. */
  readonly categorySets?: CategorySets;
  /** Row `leafIndex[node]` of `leafValues`; -1 for a split node. */
  readonly leafIndex: Int32Array;
  /** leaves x outputCount, row-major. */
  readonly leafValues: Float64Array;
  /** Training rows (weights) that reached a node; for explanations. */
  readonly cover: Float64Array;
  /** How the trees' leaves combine; the base score is added afterwards. */
  readonly aggregation: 'mean' | 'sum';
  /** Length outputCount. */
  readonly baseScore: Float64Array;
  readonly link: Link;
}

/** A linear predictor per output. */
export interface LinearEstimator {
  readonly kind: 'linear';
  /** 1 for regression and for a binary logistic model (the second class's log odds). */
  readonly outputCount: number;
  /** outputCount x features, row-major. */
  readonly coefficients: Float64Array;
  /** Length outputCount. */
  readonly intercepts: Float64Array;
  readonly link: Link;
}

/** What turns a feature matrix into numbers. Frozen data; scoring is a function over it. */
export type Estimator = TreeEnsemble | LinearEstimator;
