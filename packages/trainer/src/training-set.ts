import type { FeatureMatrix } from '@gnu-mlops/preprocess';

/** Classes to learn. */
export interface ClassTarget {
  readonly task: 'classification';
  /** Class codes in [0, classCount), one a row. */
  readonly labels: Int32Array;
  readonly classCount: number;
  /** Names by code, for `class_weight` and messages; default: the codes as text. */
  readonly classes?: readonly string[];
}

/** Numbers to learn. */
export interface NumberTarget {
  readonly task: 'regression';
  /** One a row, in the target's own unit; finite. */
  readonly values: Float64Array;
}

/** What to learn, one a row of the matrix. */
export type TrainingTarget = ClassTarget | NumberTarget;

/** What splits of rows go by, beside chance; not both. */
export interface RowOrder {
  /** Codes of at least 0, one a row: rows of one group stay on one side of every split. */
  readonly groups?: Int32Array | undefined;
  /** One a row: every split is tested on later rows than it is trained on. */
  readonly times?: Float64Array | undefined;
}

/** Checked rows. */
export interface WeightedRows<T extends TrainingTarget = TrainingTarget> extends RowOrder {
  readonly matrix: FeatureMatrix;
  readonly target: T;
  /** One a row, finite and above 0. */
  readonly weights: Float64Array;
}

/** Checked rows to fit on. */
export interface TrainingSet<T extends TrainingTarget = TrainingTarget> extends WeightedRows<T> {
  /** Rows to stop early by, of the same features and the same task. */
  readonly validation?: WeightedRows<T>;
  readonly seed: number;
}

/** The name of a class in messages and class weights. */
export function className(target: ClassTarget, code: number): string {
  return target.classes?.[code] ?? String(code);
}
