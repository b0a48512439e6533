import type { JsonObject, Signature, Task } from '@gnu-mlops/core';
import type { Recipe } from '@gnu-mlops/preprocess';
import type { Calibration } from './calibration/calibration.ts';
import type { DecisionThreshold } from './decision-threshold.ts';
import type { Estimator } from './estimator.ts';

/** Where a model comes from. Nothing here changes a score. */
export interface Provenance {
  /** `random_forest`, `logistic_regression`, ... */
  readonly algorithm: string;
  readonly hyperparameters: JsonObject;
  readonly seed: number;
  /** Digest of the table the model was trained on. */
  readonly dataDigest: string;
  readonly trainingRows: number;
  /** ISO 8601, UTC; passed in by the caller. Left out where two equal trainings must give equal bytes. */
  readonly createdAt?: string;
  /** Package versions that took part. */
  readonly versions: { readonly [name: string]: string };
  /** Evaluation on the held-out rows: metric name to value. */
  readonly metrics: { readonly [name: string]: number };
}

/** What a model predicts. */
export interface Target {
  readonly name: string;
  /** The class labels as text, in the order of the class codes; only for classification. */
  readonly classes?: readonly string[];
}

/** A trained model as one value: it saves, loads and scores, and never runs code. */
export interface Model {
  readonly task: Task;
  readonly target: Target;
  readonly signature: Signature;
  readonly recipe: Recipe;
  readonly estimator: Estimator;
  /** Turns the estimator's probabilities into calibrated ones; only for classification. */
  readonly calibration?: Calibration;
  /** When a row is called positive; only for two classes. Absent: the more probable class is predicted. */
  readonly threshold?: DecisionThreshold;
  readonly provenance: Provenance;
}
