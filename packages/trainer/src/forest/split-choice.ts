import { type BinnedMatrix, BIN_SLOTS, MISSING_BIN } from './binned-matrix.ts';

/** The best split of a node found so far; overwritten by a better one. */
export interface SplitChoice {
  /** -1: none found. */
  feature: number;
  /** The last used bin that goes left and the first that goes right, `MISSING_BIN` if only missing ones do. */
  lastLeftBin: number;
  firstRightBin: number;
  /** 1: missing values go left. */
  missingLeft: number;
  /** Higher is better; by how much it exceeds the node's own score is the impurity decrease. */
  score: number;
}

/** A choice that any split improves on. */
export function emptySplitChoice(): SplitChoice {
  return { feature: -1, lastLeftBin: 0, firstRightBin: 0, missingLeft: 0, score: -Infinity };
}

/**
 * The split's threshold in the feature's own unit: midway between the neighbouring values of the
 * node, so that scoring needs no bins.
 *
 * @see scikit-learn: the lower neighbour where rounding would move the midpoint onto the upper one.
 */
export function splitThreshold(choice: SplitChoice, matrix: BinnedMatrix): number {
  if (choice.firstRightBin === MISSING_BIN) return Number.MAX_VALUE;
  const slots = choice.feature * BIN_SLOTS;
  const below = matrix.highest[slots + choice.lastLeftBin]!;
  const above = matrix.lowest[slots + choice.firstRightBin]!;
  const middle = below / 2 + above / 2;
  return middle >= below && middle < above ? middle : below;
}
