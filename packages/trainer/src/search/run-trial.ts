import type { JsonObject } from '@gnu-mlops/core';
import { checkCancelled } from '../check-cancelled.ts';
import { nextTurn } from '../next-turn.ts';
import type { FoldOutcome } from './fold-outcome.ts';
import { type Pruner, shouldPrune } from './pruner.ts';
import type { SearchListener } from './search-listener.ts';
import { type Direction, type Proposal, type Trial, meanOf } from './trial.ts';

/** How trials are measured and judged. */
export interface TrialTerms {
  readonly folds: number;
  /** The name, among the figures of a fold, of the one that counts. */
  readonly metric: string;
  readonly direction: Direction;
  readonly pruner: Pruner;
  readonly measureFold: (hyperparameters: JsonObject, fold: number) => Promise<FoldOutcome>;
}

/**
 * Measure a proposal fold by fold, until the last one, the pruner or a failure ends it.
 *
 * @param history the trials that the pruner compares it with.
 * @throws {TrainingCancelledError} when the signal aborts; and what `measureFold` and the listener throw.
 */
export async function runTrial(
  proposal: Proposal,
  history: readonly Trial[],
  {
    terms,
    listener,
    signal,
  }: {
    readonly terms: TrialTerms;
    readonly listener: SearchListener;
    readonly signal: AbortSignal;
  },
): Promise<Trial> {
  const { folds, metric, direction, pruner } = terms;
  await listener.onTrialStart?.(proposal);
  const foldValues: number[] = [];
  let state: Trial['state'] = 'COMPLETE';
  for (let fold = 0; fold < folds && state === 'COMPLETE'; fold++) {
    await nextTurn();
    checkCancelled(signal);
    const outcome = await terms.measureFold(proposal.hyperparameters, fold);
    checkCancelled(signal);
    if ('failure' in outcome) {
      return { ...proposal, state: 'FAIL', foldValues, error: outcome.failure };
    }
    const value = outcome.metrics[metric] ?? NaN;
    if (!Number.isFinite(value)) {
      const message = `${metric} of fold ${fold + 1} is undefined.`;
      return { ...proposal, state: 'FAIL', foldValues, error: { code: 'UNDEFINED', message } };
    }
    foldValues.push(value);
    await listener.onFold?.(proposal, { fold, metrics: outcome.metrics });
    const isLast = fold + 1 === folds;
    if (!isLast && shouldPrune(pruner, foldValues, { history, direction })) state = 'PRUNED';
  }
  return { ...proposal, state, foldValues, value: meanOf(foldValues) };
}
