import type { BinnedFeature } from './binned-feature.ts';

/** A split that was found for a leaf. */
export interface FoundSplit {
  /** What it gains, in the objective's unit. */
  readonly gain: number;
  readonly feature: BinnedFeature;
  /** The last of its bins that goes left; of categories: none. */
  readonly bin: number;
  /** The places of the categories that go left; of numbers: none. */
  readonly places: readonly number[];
  /** What is added to the L2 penalty on the values of both sides. */
  readonly addedL2: number;
  readonly missingLeft: number;
  /** Whether the feature has missing values. */
  readonly isGappy: boolean;
  /** Sums over the left side, in fixed point. */
  readonly leftGradient: number;
  readonly leftHessian: number;
}

/** A leaf of a tree under construction. */
export interface TreeLeaf {
  readonly node: number;
  readonly depth: number;
  /** Its rows, by their places in the index. */
  readonly start: number;
  readonly count: number;
  /** Sums over its rows, in fixed point. */
  readonly gradient: number;
  readonly hessian: number;
  /** What its value must keep within. */
  readonly lower: number;
  readonly upper: number;
  /** What is added to the L2 penalty on its value. */
  readonly addedL2: number;
  /** Which histogram is its own; -1: none. */
  histogram: number;
  split: FoundSplit | undefined;
}
