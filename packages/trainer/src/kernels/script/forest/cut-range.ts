/** Cuts of a feature to score. A cut is named after the last bin that goes left. */
export interface CutRange {
  /** The feature's place in the batch. */
  readonly place: number;
  /** The bin that left sides begin with. */
  readonly from: number;
  /** The cuts are [first, end). */
  readonly first: number;
  readonly end: number;
  /** 1 or 0: where missing values go; -1: there are none. */
  readonly missingLeft: number;
}
