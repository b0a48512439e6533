import { type BinnedMatrix, BIN_SLOTS, MISSING_BIN } from './binned-matrix.ts';
import type { NodeStatistics } from './node-statistics.ts';
import type { SplitChoice } from './split-choice.ts';

/** How many features one pass over a node's rows fills histograms for. */
export const FEATURES_PER_PASS = 4;

/** A node with fewer rows than a quarter of a feature's bins sorts the few used ones instead. */
const SPARSE_SHARE = 4;

/** Features to search in the node that the statistics have opened. */
export interface FeatureBatch {
  /** The first `count` of these; at most {@link FEATURES_PER_PASS}. */
  readonly features: Int32Array;
  readonly count: number;
  readonly rowsInNode: number;
}

/**
 * Make the function that improves a choice by the best cuts of a few features, and returns how many
 * of these have one value in all the node's rows.
 *
 * The histograms are all zero between calls: what a node used is cleared, and no more.
 */
export function createSplitSearch(
  matrix: BinnedMatrix,
  statistics: NodeStatistics,
): (batch: FeatureBatch, choice: SplitChoice) => number {
  const { binCounts } = matrix;
  const { stride } = statistics;
  const rowsAt = stride - 1;
  const histograms = Array.from(
    { length: FEATURES_PER_PASS },
    () => new Float64Array(BIN_SLOTS * stride),
  );
  const used = new Uint8Array(BIN_SLOTS);

  function searchFeatures(batch: FeatureBatch, choice: SplitChoice): number {
    const { features, count, rowsInNode } = batch;
    const isOnePass = count === FEATURES_PER_PASS && rowsInNode * SPARSE_SHARE >= BIN_SLOTS;
    if (isOnePass) statistics.addFour(features, 0, histograms);
    let constants = 0;
    for (let i = 0; i < count; i++) {
      const feature = features[i]!;
      const sums = histograms[i]!;
      let usedCount: number;
      if (rowsInNode * SPARSE_SHARE < binCounts[feature]!) {
        usedCount = sortBins(statistics.addNoting(feature, sums, used));
      } else {
        if (!isOnePass) statistics.addOne(feature, sums);
        usedCount = listBins(sums, binCounts[feature]!);
      }
      const isSomeMissing = sums[MISSING_BIN * stride + rowsAt]! > 0;
      if (usedCount + Number(isSomeMissing) < 2) constants++;
      else statistics.chooseCut({ feature, sums, used, usedCount }, choice);
      clearBins(sums, usedCount);
    }
    return constants;
  }

  /** Put the used value bins in order. @returns how many they are. */
  function sortBins(noted: number): number {
    let usedCount = 0;
    for (let i = 0; i < noted; i++) {
      const bin = used[i]!;
      if (bin === MISSING_BIN) continue;
      let at = usedCount++;
      while (at > 0 && used[at - 1]! > bin) {
        used[at] = used[at - 1]!;
        at--;
      }
      used[at] = bin;
    }
    return usedCount;
  }

  function listBins(sums: Float64Array, binCount: number): number {
    let usedCount = 0;
    for (let bin = 0, at = rowsAt; bin < binCount; bin++, at += stride) {
      if (sums[at]! > 0) used[usedCount++] = bin;
    }
    return usedCount;
  }

  function clearBins(sums: Float64Array, usedCount: number): void {
    for (let i = 0; i < usedCount; i++) {
      const slot = used[i]! * stride;
      for (let k = 0; k < stride; k++) sums[slot + k] = 0;
    }
    if (sums[MISSING_BIN * stride + rowsAt]! > 0) sums.fill(0, MISSING_BIN * stride);
  }
  return searchFeatures;
}
