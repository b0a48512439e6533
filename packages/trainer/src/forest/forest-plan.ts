import type { ForestData, TreeOptions } from './forest-data.ts';

/** A forest to grow. */
export interface ForestPlan {
  readonly data: ForestData;
  readonly options: TreeOptions;
  readonly treeCount: number;
}
