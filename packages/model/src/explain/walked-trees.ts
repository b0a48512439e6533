import type { TreeEnsemble } from '../estimator.ts';
import type { ExplainedRows } from './block-explainer.ts';
import type { SplitTable } from './split-table.ts';

/** What is walked to explain an ensemble. */
export interface WalkedTrees {
  readonly trees: TreeEnsemble;
  readonly table: SplitTable;
  /** By child of every split, for each output to explain: see `childValuesOf`. */
  readonly childValues: readonly Float64Array[];
}

/** Adds what each feature of each row contributes to the outputs that are explained. */
export type TreeWalks = (rows: ExplainedRows) => void;
