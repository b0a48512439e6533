import type { JsonObject } from '@gnu-mlops/core';
import type { RecipeSpec } from '@gnu-mlops/preprocess';
import type { Registry, Tags } from '@gnu-mlops/registry-client';
import type { DecisionRequest } from '@gnu-mlops/trainer';
import type { PrepareOptions } from './prepare-training-table.ts';

/** How to train. */
export interface LearningOptions extends DecisionRequest {
  /** Such as `random_forest`. */
  readonly algorithm: string;
  /** By scikit-learn's names; those left out have the algorithm's defaults. */
  readonly hyperparameters?: JsonObject;
  /** Default: what suits the algorithm. */
  readonly recipe?: RecipeSpec;
  /** Share of the rows that are held out for the evaluation, in (0, 1). */
  readonly testSize: number;
  /** Folds of the cross-validation on the training rows; at least 2. */
  readonly folds: number;
  /** Same data, options and seed: same model, byte for byte. */
  readonly seed: number;
  /** Which of two classes precision, recall, F1 and a threshold are about; default the second. */
  readonly positiveClass?: string;
}

/** Where a training is recorded, and under which names. */
export interface RecordOptions {
  readonly registry: Registry;
  readonly experimentName: string;
  /** The registered model that gets a version. */
  readonly modelName: string;
  readonly runName?: string;
  /** Who trains, for the run's `mlflow.user`; default: what the registry says. */
  readonly userId?: string;
  /** Tags of the run, and of a tuning's trials, beside the pipeline's own. */
  readonly tags?: Tags;
  /** Description of the model version. */
  readonly description?: string;
  /** The configuration in force, without secrets; kept as the artifact `config.json`. */
  readonly configuration?: JsonObject;
  /** Names and versions of the software that trains; kept in the model. */
  readonly versions?: { readonly [name: string]: string };
}

/** A training of a prepared table, on record. */
export interface TrainingRunOptions extends LearningOptions, RecordOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What {@link trainAndRegister} needs. */
export interface TrainingOptions extends PrepareOptions, TrainingRunOptions {}
