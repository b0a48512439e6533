import type { Proposal, Trial } from './trial.ts';

/** What one fold of a trial measured. */
export interface FoldResult {
  /** From 0. */
  readonly fold: number;
  /** By metric name. */
  readonly metrics: Readonly<Record<string, number>>;
}

/**
 * Told of a search as it goes; each call is waited for before its trial goes on. An error thrown here
 * ends the search. With several trials at a time the calls of different trials interleave.
 */
export interface SearchListener {
  readonly onTrialStart?: (proposal: Proposal) => void | Promise<void>;
  readonly onFold?: (proposal: Proposal, result: FoldResult) => void | Promise<void>;
  /** Not called for a trial that a signal or an error cuts short. */
  readonly onTrial?: (trial: Trial) => void | Promise<void>;
}
