import {
  BIN_COUNTS,
  CLASS_COUNT,
  COLUMN_BINS,
  FEATURES_PER_SPLIT,
  FEATURE_COUNT,
  HISTOGRAMS,
  INDEX,
  IS_BOOTSTRAP,
  IS_ENTROPY,
  KIND,
  LEAST_ROWS,
  LEFT_SUMS,
  PAIRS,
  ROWS,
  ROW_BINS,
  ROW_COUNTS,
  ROW_STATS,
  SEED,
  SPARE,
  SPARE_STATS,
  STATS,
  SWAPS,
  TARGETS,
  TOTALS,
  URN,
} from '../kernels/forest-layout.ts';
import type { KernelMemory } from '../kernels/kernel-memory.ts';
import type { ForestData, TreeOptions } from './forest-data.ts';
import { type ForestMemory, classCountOf } from './forest-memory.ts';

/** Put what is summed over rows, and every thread's job, into the memory. */
export function layOutForest(
  memory: KernelMemory,
  layout: ForestMemory,
  { data, options }: { readonly data: ForestData; readonly options: TreeOptions },
): void {
  const { matrix, target } = data;
  writeRowStats(memory, layout, data);
  for (const seat of layout.seats) {
    const words: readonly (readonly [number, number])[] = [
      [ROWS, matrix.rowCount],
      [FEATURE_COUNT, matrix.columns.length],
      [COLUMN_BINS, layout.columnBins],
      [ROW_BINS, layout.rowBins],
      [BIN_COUNTS, layout.binCounts],
      [ROW_STATS, layout.rowStats],
      [TARGETS, layout.targets],
      [KIND, layout.kind],
      [CLASS_COUNT, classCountOf(target)],
      [IS_ENTROPY, Number(options.criterion === 'entropy')],
      [IS_BOOTSTRAP, Number(options.sampling === 'bootstrap')],
      [FEATURES_PER_SPLIT, options.featuresPerSplit],
      [LEAST_ROWS, Math.min(options.minSamplesLeaf, 0xffffffff)],
      [INDEX, seat.index],
      [SPARE, seat.spare],
      [STATS, seat.stats],
      [SPARE_STATS, seat.spareStats],
      [HISTOGRAMS, seat.histograms],
      [ROW_COUNTS, seat.rowCounts],
      [URN, seat.urn],
      [SWAPS, seat.swaps],
      [TOTALS, seat.totals],
      [LEFT_SUMS, seat.leftSums],
    ];
    for (const [field, value] of words) memory.unsigned[(seat.job + field) >>> 2] = value;
    memory.doubles[(seat.job + SEED) >>> 3] = options.seed;
    for (let f = 0; f < matrix.columns.length; f++) memory.words[(seat.urn >>> 2) + f] = f;
  }
}

/**
 * Numbers are summed as distances from their midrange, so that a far off origin (years, prices)
 * costs no digits.
 */
function writeRowStats(
  { doubles }: KernelMemory,
  { rowStats, targets, kind }: ForestMemory,
  { target, weights }: ForestData,
): void {
  const stats = rowStats >>> 3;
  if (target.task === 'regression') {
    doubles.set(target.values, targets >>> 3);
    const middle = midrange(target.values);
    weights.forEach((weight, row) => {
      doubles[stats + 2 * row] = weight;
      doubles[stats + 2 * row + 1] = weight * (target.values[row]! - middle);
    });
    return;
  }
  weights.forEach((weight, row) => {
    doubles[stats + 2 * row] = weight;
    doubles[stats + 2 * row + 1] =
      kind === PAIRS ? weight * target.labels[row]! : target.labels[row]!;
  });
}

function midrange(values: Float64Array): number {
  let lowest = Infinity;
  let highest = -Infinity;
  for (const value of values) {
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return lowest / 2 + highest / 2;
}
