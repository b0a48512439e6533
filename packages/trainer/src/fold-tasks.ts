import type { JsonObject } from '@gnu-mlops/core';
import type { FoldedTask } from './search/fold-measurer.ts';
import type { FoldOutcome } from './search/fold-outcome.ts';

/** What the fold tasks that follow are about. Plain data, like all of them. */
export interface OpenFoldsTask extends FoldedTask {
  readonly kind: 'open_folds';
  /** Threads that each fit may use in turn. */
  readonly threads: number;
}

/** Learn from the training rows of a round and score its test rows. */
export interface ScoreFoldTask {
  readonly kind: 'score_fold';
  readonly fold: number;
}

/** The outputs, or undefined where it failed. */
export interface FoldScores {
  readonly fold: number;
  readonly outputs: Float64Array | undefined;
}

/** Try hyperparameters on a round. */
export interface MeasureFoldTask {
  readonly kind: 'measure_fold';
  readonly fold: number;
  readonly hyperparameters: JsonObject;
}

/** What came of it; a message where the trouble is no matter of the hyperparameters. */
export type FoldMeasurement = { readonly outcome: FoldOutcome } | { readonly trouble: string };
