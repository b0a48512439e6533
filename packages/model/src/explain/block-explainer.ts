/** Rows to explain, next to each other, and where their contributions go. */
export interface ExplainedRows {
  readonly rowCount: number;
  readonly featureCount: number;
  /** rowCount x featureCount, row-major; NaN = missing. */
  readonly values: Float64Array;
  /** rowCount x featureCount x outputs, row-major; all 0 before. */
  readonly contributions: Float64Array;
}

/** Explains rows that have been checked and laid out. */
export interface BlockExplainer {
  /** One an output. */
  readonly baseValues: Float64Array;
  readonly explain: (rows: ExplainedRows) => void;
}
