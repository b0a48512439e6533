import type { Link } from '@gnu-mlops/model';
import type { GradientBlock } from '../kernels/script/pack-gradients.ts';

/** A loss to minimise, by name and numbers, so that a thread can be told. */
export type ObjectiveSpec =
  | { readonly name: 'logistic' | 'squared' | 'absolute' }
  | { readonly name: 'softmax'; readonly classCount: number; readonly hessianFactor: number }
  | { readonly name: 'huber' | 'pseudo_huber' | 'quantile'; readonly alpha: number }
  | { readonly name: 'poisson'; readonly maxDeltaStep: number };

/** Targets and weights, a row each; a class is its code. */
export interface ObjectiveRows {
  readonly targets: Float64Array | Int32Array;
  readonly weights: Float64Array;
}

/** A row's raw scores, output by output. */
export interface RowScores {
  readonly scores: Float64Array;
  /** Rows a score's column has. */
  readonly rowCount: number;
}

/** How a loss works. */
export interface Objective {
  /** Raw scores a row. */
  readonly outputCount: number;
  readonly link: Link;
  /** The kernel for its gradients, where there is one. */
  readonly kernel: 'writeLogisticGradients' | 'writeSquaredGradients' | undefined;
  /** Where to start: the best constant raw scores, one an output. */
  readonly startScores: (rows: ObjectiveRows) => Float64Array;
  /**
   * Derivatives of the loss of the rows [from, to) by output `output`, unweighted.
   *
   * @param block to fill, the first row's first.
   */
  readonly fillGradients: (
    rows: RowScores & { readonly targets: Float64Array },
    block: GradientBlock & { readonly output: number },
  ) => void;
  /**
   * Mean weighted loss; less is better.
   */
  readonly measureLoss: (scores: RowScores, rows: ObjectiveRows) => number;
  /**
   * For losses whose second derivative says nothing: the share of a leaf's weight of residuals that
   * should lie below its value.
   */
  readonly residualQuantile: number | undefined;
}
