import type { Frame, FrameColumn, StepFit } from '../step-definition.ts';

/** Learns a step from training rows that arrive in one table or in many. */
export interface Learner<Fitted> {
  /**
   * Learn from some rows.
   *
   * @param columns those that the step is pointed at, in the order of the layout.
   * @param frame all columns of the same rows.
   */
  add(columns: readonly FrameColumn[], frame: Frame): void;
  /** @param rowCount rows learnt from, at least 1. */
  finish(rowCount: number): StepFit<Fitted>;
}

/** How rows arrive, and how much of them may be kept. */
export interface LearningContext {
  /** `all`: in one table, so that a step may look at all its rows at once. */
  readonly rows: 'all' | 'chunks';
  /** The most values of a column that are kept to find its quantiles exactly. */
  readonly mostValues: number;
  /** The most different categories, or words, that are counted in a column. */
  readonly mostCategories: number;
  /** Hear that the quantiles of a column, and what is learnt from them, are estimates. */
  onEstimate(column: string): void;
}

/** All rows at once: nothing is limited. */
export const wholeTable: LearningContext = {
  rows: 'all',
  mostValues: Infinity,
  mostCategories: Infinity,
  onEstimate: () => undefined,
};

/** What a step needs before it knows how it works on later rows. */
export type LearningNeeds =
  /** No row at all, though it may refuse some. */
  | 'nothing'
  /** Rows, in any number of chunks. */
  | 'rows'
  /** Rows in any number of chunks, and what the target is. */
  | 'target';
