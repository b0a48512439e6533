import type { JsonObject } from '@gnu-mlops/core';

/** One set of hyperparameters to try. */
export interface Proposal {
  /** From 0. */
  readonly number: number;
  /** Those of the search space. */
  readonly hyperparameters: JsonObject;
}

/** A proposal, and what came of it. Plain data: it survives JSON. */
export interface Trial extends Proposal {
  /**
   * `COMPLETE`: measured on every fold. `PRUNED`: stopped early, because it did worse than half of
   * the others had done by then. `FAIL`: it could not be fitted or measured.
   */
  readonly state: 'COMPLETE' | 'PRUNED' | 'FAIL';
  /** The metric on each fold that was measured; no NaN. */
  readonly foldValues: readonly number[];
  /** Their mean; only for COMPLETE and PRUNED. */
  readonly value?: number;
  /** Why it failed; only for FAIL. */
  readonly error?: { readonly code: string; readonly message: string };
}

/** What is better of a metric. */
export type Direction = 'maximize' | 'minimize';

/** Whether `a` is better than `b`. */
export function isBetter(a: number, b: number, direction: Direction): boolean {
  return direction === 'maximize' ? a > b : a < b;
}

/** The best completed trial, the earliest of equals; undefined when none was completed. */
export function bestTrial(trials: readonly Trial[], direction: Direction): Trial | undefined {
  let best: Trial | undefined;
  for (const trial of trials.toSorted((a, b) => a.number - b.number)) {
    if (trial.state !== 'COMPLETE') continue;
    if (best === undefined || isBetter(trial.value!, best.value!, direction)) best = trial;
  }
  return best;
}

/** The mean of some values; NaN of none. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
