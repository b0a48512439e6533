import type { JsonObject } from '@gnu-mlops/core';
import type { Direction, Pruner, Sampler, SearchListener, SearchSpace } from '@gnu-mlops/trainer';
import type { TrainingContext } from './train-prepared.ts';
import type { TrainingOptions } from './training-options.ts';

/** What {@link tuneAndRegister} needs; `hyperparameters` are those that no trial changes. */
export interface TuningOptions extends TrainingOptions {
  /** Checked, so plain data of a configuration will do. Default: what suits the algorithm. */
  readonly space?: SearchSpace | JsonObject;
  /** Default: TPE. */
  readonly sampler?: Sampler;
  /** Trials in all, those before a resumption included; default 50. */
  readonly trials?: number;
  /** Default: `roc_auc` for classes, `rmse` for numbers. */
  readonly metric?: string;
  /** Default: what is better of the metric. */
  readonly direction?: Direction;
  /** Default: median. */
  readonly pruner?: Pruner;
  /** The run of a tuning to go on with. It must have searched the same, on the same data. */
  readonly resume?: string;
  /** What becomes of the best hyperparameters: a registered model (default), or nothing more. */
  readonly then?: 'register' | 'stop';
}

/** What surrounds a tuning. Only `concurrency` has a say in what it finds. */
export interface TuningContext
  extends TrainingContext, Pick<SearchListener, 'onTrialStart' | 'onTrial'> {
  /** Trials at a time; default 1. */
  readonly concurrency?: number;
  /** Told of the tuning's run before its first trial, so that it can be resumed by its id. */
  readonly onRun?: (tuning: {
    readonly runId: string;
    /** Trials that had finished before. */
    readonly finished: number;
  }) => void;
}
