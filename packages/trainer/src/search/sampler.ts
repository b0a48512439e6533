import type { JsonObject } from '@gnu-mlops/core';
import { suggestFromGrid } from './grid-sampler.ts';
import { suggestAtRandom } from './random-sampler.ts';
import type { SearchSpace } from './search-space.ts';
import type { Direction, Proposal, Trial } from './trial.ts';
import { suggestByTpe } from './tpe-sampler.ts';

/** How a search chooses what to try next. */
export type Sampler = GridSampler | RandomSampler | TpeSampler;

/** Every combination once: of all categorical values, all or `points` whole numbers, `points` floats. */
export interface GridSampler {
  readonly kind: 'grid';
  /** Values of a dimension of numbers; default 5. */
  readonly points?: number;
}

/** Anything, without regard to what came before. */
export interface RandomSampler {
  readonly kind: 'random';
}

/** Tree-structured Parzen estimator: more of what the best trials had in common. */
export interface TpeSampler {
  readonly kind: 'tpe';
  /** Trials that are spread out evenly before it has something to learn from; default 10. */
  readonly startupTrials?: number;
  /** Points that are drawn near good trials to choose the best of; default 24. */
  readonly candidates?: number;
  /**
   * `joint` keeps the values of one good trial together, and so comes near it sooner; `separate`
   * treats each hyperparameter for itself, and so tries combinations that no trial had. `in_turn`
   * (default) does the one for trials of odd number, and the other for those of even number.
   */
  readonly kernels?: 'joint' | 'separate' | 'in_turn';
}

/** What a suggestion goes by. */
export interface SuggestionContext {
  readonly space: SearchSpace;
  readonly direction: Direction;
  readonly seed: number;
  /** Number of the trial, from 0: same context, same suggestion. */
  readonly number: number;
  /** Finished trials, by number. */
  readonly history: readonly Trial[];
  /** Trials under way, of which nothing is known yet. */
  readonly running: readonly Proposal[];
}

/** The hyperparameters to try next. Pure: everything it depends on is in the context. */
export function suggestHyperparameters(sampler: Sampler, context: SuggestionContext): JsonObject {
  switch (sampler.kind) {
    case 'grid':
      return suggestFromGrid(sampler, context);
    case 'random':
      return suggestAtRandom(context);
    case 'tpe':
      return suggestByTpe(sampler, context);
  }
}
