import type { GrownTree } from '../grown-tree.ts';
import type { ImportColumn } from './import-frame.ts';
import type { TensorProto } from './onnx-messages.ts';

/** What a name in a graph that is being read stands for. */
export type GraphValue = ColumnsValue | ConstantValue | PredictionValue | ScoresValue | CodesValue;

/** A block of columns. */
export interface ColumnsValue {
  readonly kind: 'columns';
  readonly columns: readonly ImportColumn[];
  /** How precise its numbers are. */
  readonly precision: 'single' | 'double';
}

/** A tensor that is part of the model. */
export interface ConstantValue {
  readonly kind: 'constant';
  readonly tensor: TensorProto;
}

/** What the estimator predicts, in whatever form. */
export interface PredictionValue {
  readonly kind: 'prediction';
  readonly of: 'labels' | 'scores';
}

/** What the trees of a `TreeEnsemble` add up to: their sum over the divisor, and the base. */
export interface TreeSums {
  readonly trees: readonly GrownTree[];
  readonly outputCount: number;
  readonly divisor: number;
  /** Length outputCount. */
  readonly base: readonly number[];
}

/**
 * What a graph has made of trees' sums: nothing yet; their negative; one minus them; the logistic of
 * either; both beside each other, first and second class; or a link over all.
 */
export type ScoreForm =
  | 'sums'
  | 'negative'
  | 'first_share'
  | 'first_logistic'
  | 'second_logistic'
  | 'two_shares'
  | 'two_logistic'
  | 'softmax'
  | 'exponential';

/** Scores of a `TreeEnsemble`, on their way to be predictions. */
export interface ScoresValue {
  readonly kind: 'scores';
  readonly sums: TreeSums;
  readonly form: ScoreForm;
}

/** The number of the most probable class of each row. */
export interface CodesValue {
  readonly kind: 'codes';
  readonly of: ScoresValue;
}
