/** How the columns of a table hang together. Plain JSON. */
export interface TableRelations {
  readonly correlations: Correlations;
  /** Absent where no target was named. */
  readonly target?: TargetRelations;
}

/** Pearson's correlations of the columns of numbers, over the rows in which both are there. */
export interface Correlations {
  /** At most forty, in the table's order. */
  readonly columns: readonly string[];
  /** One row a column; null where one of the two is constant. */
  readonly matrix: readonly (readonly (number | null)[])[];
}

/** What each column says about the target. */
export interface TargetRelations {
  readonly name: string;
  /** Of a target with classes: the most frequent ones, at most six, and `other`. */
  readonly classes?: readonly string[];
  /** The strongest first. */
  readonly columns: readonly ColumnRelation[];
}

/** What one column says about the target. */
export interface ColumnRelation {
  readonly column: string;
  /**
   * From 0 (nothing) to 1 (everything), over the groups: Cramér's V for classes, the correlation
   * ratio (eta) for numbers. null where there is but one group or one value.
   */
  readonly strength: number | null;
  readonly groups: readonly TargetGroup[];
}

/** Rows that are alike in a column, and their target. Rows without a target do not count. */
export interface TargetGroup {
  /** A category, a range of numbers, `other` or `missing`. */
  readonly label: string;
  readonly count: number;
  /** Of each class; for a target with classes. */
  readonly shares?: readonly number[];
  /** For a target of numbers. */
  readonly mean?: number;
}
