/** A split that was found for a leaf. */
export interface FoundSplit {
  /** What it gains, in the objective's unit. */
  readonly gain: number;
  /** A binned feature, and the last of its bins that goes left. */
  readonly feature: number;
  readonly bin: number;
  readonly missingLeft: number;
  /** The bin of the feature's missing values, and whether there are any. */
  readonly missingBin: number;
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
  /** Which histogram is its own; -1: none. */
  histogram: number;
  split: FoundSplit | undefined;
}
