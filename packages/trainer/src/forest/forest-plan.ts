import type { ForestData, TreeOptions } from './forest-data.ts';

/** A forest to grow. */
export interface ForestPlan {
  readonly data: ForestData;
  readonly bins: BinPlan;
  readonly options: TreeOptions;
  readonly treeCount: number;
}

/** How values become bins. */
export interface BinPlan {
  /** In [2, 255]. */
  readonly maxBins: number;
  /** One a row, above 0; a weight of 2 counts as the row twice. */
  readonly weights: Float64Array;
}
