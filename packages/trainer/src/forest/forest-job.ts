import type { ForestPlan } from './forest-plan.ts';
import type { TreeGrowth } from './tree-grower.ts';

/** What a worker thread is given. All arrays of `data` lie in shared memory. */
export interface ForestJob extends ForestPlan {
  /** One number in shared memory: the next tree that nobody has taken. */
  readonly nextTree: Int32Array;
}

/** What a worker thread sends for each tree. */
export interface ForestResult {
  readonly tree: number;
  readonly growth: TreeGrowth;
}
