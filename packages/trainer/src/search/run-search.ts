import { checkCancelled } from '../check-cancelled.ts';
import { type TrialTerms, runTrial } from './run-trial.ts';
import { type Sampler, suggestHyperparameters } from './sampler.ts';
import type { SearchListener } from './search-listener.ts';
import type { SearchSpace } from './search-space.ts';
import type { Proposal, Trial } from './trial.ts';

/** What a search tries, and how it judges. */
export interface SearchPlan extends TrialTerms {
  readonly space: SearchSpace;
  readonly sampler: Sampler;
  /** Trials in all, those of the history included. */
  readonly trials: number;
  /** Of the suggestions. */
  readonly seed: number;
  /** Finished trials of a search to go on with; those of their numbers are not done again. */
  readonly history: readonly Trial[];
}

/** What surrounds a search. */
export interface SearchSurroundings extends SearchListener {
  readonly signal?: AbortSignal;
  /** Trials at a time. It changes what a trial may know, so the suggestions, too. */
  readonly concurrency: number;
}

/**
 * Run the trials of a search that are not in its history.
 *
 * With `c` at a time, trial `n` is suggested and pruned by what the trials up to `n - c` found, no
 * matter which others have finished by chance; the `c - 1` before it count as under way. So a search
 * is the same each time, and one that was cut short goes on as if it had not been.
 *
 * @returns all trials, by number.
 * @throws {TrainingCancelledError} when the signal aborts.
 * @throws the first error of a listener or of a measurement that is no matter of hyperparameters.
 */
export async function runSearch(
  plan: SearchPlan,
  { signal, concurrency, ...listener }: SearchSurroundings,
): Promise<Trial[]> {
  const finished = new Map(plan.history.map((trial) => [trial.number, trial]));
  const proposals: Proposal[] = [];
  const ends: Promise<void>[] = [];
  const stop = new AbortController();
  const either = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  let firstError: { readonly error: unknown } | undefined;

  async function measure(proposal: Proposal, history: readonly Trial[]): Promise<void> {
    try {
      const trial = await runTrial(proposal, history, { terms: plan, listener, signal: either });
      await listener.onTrial?.(trial);
      finished.set(trial.number, trial);
    } catch (error) {
      firstError ??= { error };
      stop.abort(error);
    }
  }

  for (let number = 0; number < plan.trials; number++) {
    // Those before it have been waited for in the rounds before.
    await ends[number - concurrency];
    if (either.aborted) break;
    const known = finished.get(number);
    if (known !== undefined) {
      proposals.push(known);
      ends.push(Promise.resolve());
      continue;
    }
    const history = visibleTrials(finished, number - concurrency);
    const running = proposals.slice(Math.max(0, number - concurrency + 1));
    const { space, direction, seed } = plan;
    const context = { space, direction, seed, number, history, running };
    const proposal = { number, hyperparameters: suggestHyperparameters(plan.sampler, context) };
    proposals.push(proposal);
    ends.push(measure(proposal, history));
  }
  await Promise.all(ends);
  if (signal !== undefined) checkCancelled(signal);
  if (firstError !== undefined) throw firstError.error;
  return visibleTrials(finished, Infinity);
}

function visibleTrials(finished: ReadonlyMap<number, Trial>, last: number): Trial[] {
  return [...finished.values()]
    .filter(({ number }) => number <= last)
    .sort((a, b) => a.number - b.number);
}
