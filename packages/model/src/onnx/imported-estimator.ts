import type { LinearEstimator, TreeEnsemble } from '../estimator.ts';

/** What an estimator's node of a graph says. */
export interface ImportedEstimator {
  /** Over the columns of the node's input, in their order. */
  readonly estimator: TreeEnsemble | LinearEstimator;
  /** The class labels as text; undefined for a regression. */
  readonly classes: readonly string[] | undefined;
}
