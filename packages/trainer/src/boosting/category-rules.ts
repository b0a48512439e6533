/** How features of categories are split. */
export interface CategoryRules {
  /** Up to so many categories, one of them is parted from all others. */
  readonly oneHotLevels: number;
  /** Above: added to a category's hessian where categories are put in order. */
  readonly smoothing: number;
  /** Rows that a category must have in a node to be put in order. */
  readonly minRowsPerCategory: number;
  /** Sum of second derivatives that a category must have in a node to be put in order. */
  readonly minHessianPerCategory: number;
  /** Rows by which a set grows at a time, and which the other side must have. */
  readonly minRowsPerGroup: number;
  /** Categories in a set at most. */
  readonly maxSetSize: number;
  /** Added to the L2 penalty where a set is chosen. */
  readonly l2: number;
}

/** The columns to split by sets: by name, all texts, or as the recipe says. */
export type CategoricalChoice = readonly string[] | 'auto' | null;
