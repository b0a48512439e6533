/**
 * One row: feature name to JSON value. null is a missing cell; a feature that is not there, or
 * undefined, is an error, because a forgotten field must not pass for a missing measurement.
 */
export type InputRecord = { readonly [feature: string]: unknown };

/** Rows as arrays, with the name of each position; what pandas calls the split form. */
export interface SplitInput {
  readonly columns: readonly string[];
  /** Rows x columns. */
  readonly data: readonly (readonly unknown[])[];
}

/**
 * Rows to predict: one object, an array of objects, arrays with column names, or one of these in
 * the envelope of MLflow's scoring protocol.
 */
export type PredictInput =
  | InputRecord
  | readonly InputRecord[]
  | SplitInput
  | { readonly dataframe_split: SplitInput }
  | { readonly dataframe_records: readonly InputRecord[] };
