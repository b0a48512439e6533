import { type Direction, type Trial, isBetter, meanOf } from './trial.ts';

/** When a trial is stopped before its last fold. */
export type Pruner = MedianPruner | { readonly kind: 'none' };

/** A trial ends when its mean so far is worse than the median of others after as many folds. */
export interface MedianPruner {
  readonly kind: 'median';
  /** Completed trials before anything is pruned; default 5. */
  readonly startupTrials?: number;
  /** Folds of a trial after which it is looked at for the first time come after these; default 1. */
  readonly warmupFolds?: number;
}

/**
 * Whether to give a trial up. All trials are measured on the same folds, so means over the same
 * number of folds compare like with like.
 *
 * @param foldValues of the trial, as far as it has come.
 */
export function shouldPrune(
  pruner: Pruner,
  foldValues: readonly number[],
  { history, direction }: { readonly history: readonly Trial[]; readonly direction: Direction },
): boolean {
  if (pruner.kind === 'none') return false;
  const { startupTrials = 5, warmupFolds = 1 } = pruner;
  const folds = foldValues.length;
  const others = history.filter(({ state }) => state === 'COMPLETE');
  if (folds <= warmupFolds || others.length < Math.max(1, startupTrials)) return false;
  const median = medianOf(others.map((other) => meanOf(other.foldValues.slice(0, folds))));
  return isBetter(median, meanOf(foldValues), direction);
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
