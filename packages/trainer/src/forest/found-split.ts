/** The best split of a node. */
export interface FoundSplit {
  readonly feature: number;
  /** The last used bin that goes left and the first that goes right, `MISSING` if only missing ones do. */
  readonly lastLeft: number;
  readonly firstRight: number;
  /** 1: missing values go left. */
  readonly missingLeft: number;
  /** Impurity decrease times weight. */
  readonly gain: number;
}
