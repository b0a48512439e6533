import type { FitContext } from '../fit-context.ts';
import { checkCancelled } from '../check-cancelled.ts';
import { nextTurn } from '../next-turn.ts';
import type { ForestPlan } from './forest-plan.ts';
import { growInThreads } from './grow-in-threads.ts';
import { chooseThreadCount } from './thread-count.ts';
import { findThreadHost } from './thread-host.ts';
import { type TreeGrowth, createTreeGrower } from './tree-grower.ts';

/**
 * Grow all trees of a forest, in order of their number and the same to the bit on any number of
 * threads. Without worker threads (a browser) they grow on the caller's own.
 *
 * @throws {TrainingCancelledError} when the signal aborts; between two trees on the caller's thread.
 * @throws {TrainingWorkerError} when a worker thread dies.
 */
export async function growForest(plan: ForestPlan, context: FitContext): Promise<TreeGrowth[]> {
  checkCancelled(context.signal);
  const host = findThreadHost('forest-worker');
  const threads = host === undefined ? 1 : chooseThreadCount(plan, host, context.threads);
  return host === undefined || threads === 1
    ? growInline(plan, context)
    : growInThreads(plan, { ...context, threads, host });
}

async function growInline(plan: ForestPlan, context: FitContext): Promise<TreeGrowth[]> {
  const { treeCount } = plan;
  const growTree = createTreeGrower(plan.data, plan.options);
  const growths: TreeGrowth[] = [];
  for (let tree = 0; tree < treeCount; tree++) {
    await nextTurn();
    checkCancelled(context.signal);
    growths.push(growTree(tree));
    context.onProgress?.({ stage: 'train', done: tree + 1, total: treeCount });
  }
  return growths;
}
