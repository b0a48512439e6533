import type { ImportColumn } from './import-frame.ts';
import type { TensorProto } from './onnx-messages.ts';

/** What a name in a graph that is being read stands for. */
export type GraphValue = ColumnsValue | ConstantValue | PredictionValue;

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
