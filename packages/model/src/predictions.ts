/** What a model says about the rows of a table, in row order. */
export type Predictions = ClassPredictions | NumberPredictions;

export interface ClassPredictions {
  readonly task: 'classification';
  readonly rowCount: number;
  readonly classes: readonly string[];
  /** Index into `classes`: by the model's threshold, else the most probable, the first of equals. */
  readonly labels: Int32Array;
  /** rowCount x classes.length, row-major, calibrated where the model calibrates; each row sums to 1. */
  readonly probabilities: Float64Array;
}

export interface NumberPredictions {
  readonly task: 'regression';
  readonly rowCount: number;
  /** In the target's own unit. */
  readonly values: Float64Array;
}
