import type { ForestPlan } from './forest-plan.ts';

/**
 * Row visits that repay the start of threads: about half a second of work on one thread, where
 * starting them and warming their code up takes a fifth of a second.
 */
const VISITS_THAT_PAY = 60_000_000;

/**
 * How many threads grow a forest: what was asked for, or every one the machine offers where the
 * estimated work is large enough; never more than there are trees.
 */
export function chooseThreadCount(
  plan: ForestPlan,
  available: number,
  asked: number | undefined,
): number {
  const wanted = asked ?? (estimateVisits(plan) < VISITS_THAT_PAY ? 1 : available);
  return Math.max(1, Math.min(wanted, plan.treeCount));
}

/** Rows x features drawn x levels x trees: how often growing looks at a cell. */
function estimateVisits({ data, options, treeCount }: ForestPlan): number {
  const { rowCount } = data.matrix;
  const levels = Math.min(options.maxDepth, Math.ceil(Math.log2(rowCount + 1)));
  return rowCount * options.featuresPerSplit * levels * treeCount;
}
