import {
  COLUMN_BINS,
  COUNT,
  FEATURE_COUNT,
  ROWS,
  ROW_BINS,
  SPARSE_PART,
} from '../../forest-layout.ts';
import type { KernelMemory } from '../../kernel-memory.ts';

/** Where a feature's bins lie: that of `row` at `start + row * step`. */
export interface BinPlace {
  readonly start: number;
  readonly step: number;
}

/** The layout of a feature's bins that suits the job's node. */
export function binsOf({ unsigned }: KernelMemory, job: number, feature: number): BinPlace {
  const rows = unsigned[(job + ROWS) >>> 2]!;
  if (unsigned[(job + COUNT) >>> 2]! * SPARSE_PART < rows) {
    return {
      start: unsigned[(job + ROW_BINS) >>> 2]! + feature,
      step: unsigned[(job + FEATURE_COUNT) >>> 2]!,
    };
  }
  return { start: unsigned[(job + COLUMN_BINS) >>> 2]! + feature * rows, step: 1 };
}
