/** What a check of a training table, or a training on it, can find. */
export type CheckName =
  | 'table_empty'
  | 'no_columns'
  | 'target_empty'
  | 'target_missing'
  | 'target_constant'
  | 'target_kind'
  | 'class_rows'
  | 'column_empty'
  | 'column_constant'
  | 'column_mostly_missing'
  | 'column_identifier'
  | 'column_copies_target'
  | 'column_tells_target'
  | 'data_check'
  | 'fit_not_converged';

/** One thing that is wrong with a training table, or may be. */
export interface Finding {
  /** `error`: training cannot or must not go on. `warning`: look before you trust the model. */
  readonly severity: 'error' | 'warning';
  readonly check: CheckName;
  /** The column concerned; absent when it is the whole table. */
  readonly column?: string;
  /** What is wrong, where, and what to do about it. */
  readonly message: string;
}
