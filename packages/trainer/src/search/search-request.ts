import type { LearningRequest } from '../learning-request.ts';
import type { Pruner } from './pruner.ts';
import type { Sampler } from './sampler.ts';
import type { SearchListener } from './search-listener.ts';
import type { SearchSpace } from './search-space.ts';
import type { Direction, Trial } from './trial.ts';
import type { FitContext } from '../fit-context.ts';

/** What to search. The request's `hyperparameters` are those that every trial has in common. */
export interface SearchRequest extends LearningRequest {
  /** Default: what `defaultSearchSpace` knows of the algorithm. */
  readonly space?: SearchSpace;
  /** Default: TPE. */
  readonly sampler?: Sampler;
  /** Trials in all; at least 1, default 50. A grid ends when it is exhausted. */
  readonly trials?: number;
  /** One of those that a training measures; default `roc_auc` for classes, `rmse` for numbers. */
  readonly metric?: string;
  /** Default: what is better of the metric. */
  readonly direction?: Direction;
  /** At least 2; the same rows in each for all trials. */
  readonly folds: number;
  /** Default: median. */
  readonly pruner?: Pruner;
  /**
   * Share of the rows that no trial sees, in (0, 1): those that `trainModel` holds out by the same
   * share and seed. Default: none.
   */
  readonly testSize?: number;
  /** Seed of the suggestions; default `seed`, which also deals the folds and seeds every fit. */
  readonly samplerSeed?: number;
  /** Finished trials to go on from. */
  readonly history?: readonly Trial[];
}

/** What surrounds a search. Only `concurrency` has a say in what it finds. */
export interface SearchContext extends FitContext, SearchListener {
  /**
   * Trials at a time, each on a worker thread of its own where there are such; default 1. A trial
   * knows less of the others then: the same number gives the same search.
   */
  readonly concurrency?: number;
}

/** What a search found. */
export interface SearchResult {
  /** The completed trial with the best mean over the folds, the earliest of equals. */
  readonly best: Trial;
  /** By number. */
  readonly trials: readonly Trial[];
  readonly metric: string;
  readonly direction: Direction;
  readonly space: SearchSpace;
}
