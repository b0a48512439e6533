/** A named check that a version must pass: one metric against one threshold. */
export interface Gate {
  /** Unique in its list, such as `accuracy`. */
  readonly name: string;
  /** As the run logged it: `accuracy`, `roc_auc`, `rmse`, ... */
  readonly metric: string;
  /** Finite, in the metric's own unit. */
  readonly threshold: number;
  /** Which side of the threshold passes; the threshold itself does. */
  readonly direction: 'at_least' | 'at_most';
}
