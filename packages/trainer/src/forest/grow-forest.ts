import type { GrownTree } from '@gnu-mlops/model';
import { checkCancelled } from '../check-cancelled.ts';
import type { FitContext } from '../fit-context.ts';
import { compileKernels } from '../kernels/compile-kernels.ts';
import { openKernels } from '../kernels/open-kernels.ts';
import { reserveMemory } from '../kernels/reserve-memory.ts';
import { withPool } from '../threads/with-pool.ts';
import { binFeatures } from './bin-features.ts';
import { classCountOf, planForestMemory } from './forest-memory.ts';
import type { ForestPlan } from './forest-plan.ts';
import { growTogether } from './grow-together.ts';
import { layOutForest } from './lay-out-forest.ts';
import { placeThresholds } from './place-thresholds.ts';
import { chooseThreadCount } from './thread-count.ts';

/** A tree of a forest, and what its splits were worth. */
export interface ForestTree {
  readonly tree: GrownTree;
  /** Length features: impurity decrease times weight, summed over each feature's splits. */
  readonly gains: Float64Array;
}

/**
 * Grow all trees of a forest, in order of their number and the same to the bit on any number of
 * threads. Without worker threads (a browser) they grow on the caller's own.
 *
 * @throws {TrainingCancelledError} when the signal aborts; on the caller's thread between two trees.
 * @throws {TrainingMemoryError} when there is not enough memory.
 * @throws {TrainingWorkerError} when a worker thread dies.
 */
export function growForest(plan: ForestPlan, context: FitContext): Promise<ForestTree[]> {
  return withPool(context, async ({ pool, ...own }) => {
    checkCancelled(own.signal);
    const { data, options, treeCount } = plan;
    const { target, matrix } = data;
    const threads = chooseThreadCount(plan, pool.available, own.threads);
    // Lent before the values are binned: new threads start in the meantime.
    const helpers = Array.from({ length: threads - 1 }, () => pool.lend()).filter(
      (thread) => thread !== undefined,
    );
    for (const helper of helpers) helper.post({ kind: 'expect_forest' });
    try {
      const featureCount = matrix.columns.length;
      const sizes = { rowCount: matrix.rowCount, featureCount, target, options };
      const layout = planForestMemory({ ...sizes, threads: 1 + helpers.length });
      const need = { bytes: layout.bytes, rowCount: matrix.rowCount, featureCount };
      const source = reserveMemory(need, await compileKernels());
      const tools = openKernels(source);
      const bounds = binFeatures(tools, layout, { matrix, bins: plan.bins });
      layOutForest(tools.memory, layout, plan);
      const { kind, targets } = layout;
      const tasks = layout.seats.map((seat) => ({
        kind: 'forest' as const,
        source,
        terms: { kind, targets, seat, options, featureCount, classCount: classCountOf(target) },
        treeCount,
      }));
      const growths = await growTogether({ tools, tasks, helpers }, own);
      return growths.map(({ tree, gains }) => ({ tree: placeThresholds(tree, bounds), gains }));
    } finally {
      for (const helper of helpers) helper.release();
    }
  });
}
