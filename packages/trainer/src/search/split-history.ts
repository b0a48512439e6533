import { type Direction, type Proposal, type Trial, isBetter } from './trial.ts';

/** The good trials to be like and the others to be unlike, each by number. */
export interface SplitHistory {
  readonly good: readonly Proposal[];
  readonly other: readonly Proposal[];
}

/** The greatest number of good trials. */
const mostGood = 25;

/**
 * Call a fifth of the finished trials good, at most 25. Completed trials come before pruned ones, and
 * of those the later pruned first. Trials under way count as no good, so that trials that run at the
 * same time do not all try the same. Failed ones say nothing.
 */
export function splitHistory(
  history: readonly Trial[],
  running: readonly Proposal[],
  direction: Direction,
): SplitHistory {
  const finished = history
    .filter(({ state }) => state !== 'FAIL')
    .toSorted((a, b) => compareTrials(a, b, direction));
  const goodCount = Math.min(Math.ceil(0.2 * finished.length), mostGood);
  const byNumber = (a: Proposal, b: Proposal) => a.number - b.number;
  return {
    good: finished.slice(0, goodCount).toSorted(byNumber),
    other: [...finished.slice(goodCount), ...running].toSorted(byNumber),
  };
}

function compareTrials(a: Trial, b: Trial, direction: Direction): number {
  if (a.state !== b.state) return a.state === 'COMPLETE' ? -1 : 1;
  const folds = b.foldValues.length - a.foldValues.length;
  if (a.state === 'PRUNED' && folds !== 0) return folds;
  if (isBetter(a.value!, b.value!, direction)) return -1;
  if (isBetter(b.value!, a.value!, direction)) return 1;
  return a.number - b.number;
}
