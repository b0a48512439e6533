import type { TreeOptions } from './forest-data.ts';
import type { ForestMemory, ForestSeat } from './forest-memory.ts';

/** What a thread must know to grow trees in a memory that is laid out. Plain data. */
export interface TreeTerms extends Pick<ForestMemory, 'kind' | 'targets'> {
  readonly seat: ForestSeat;
  readonly options: TreeOptions;
  readonly featureCount: number;
  /** 0 where numbers are learned. */
  readonly classCount: number;
}
