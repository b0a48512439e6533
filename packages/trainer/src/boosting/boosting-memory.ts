import {
  BIN_COUNTS,
  BIN_TOPS,
  BLOCK_ROWS,
  BLOCK_SUMS,
  COLUMN_BINS,
  FEATURES,
  FEATURE_HISTOGRAM_BYTES,
  GO_LEFT,
  HAS_MISSING,
  INDEX,
  JOB_BYTES,
  LEAF_STARTS,
  LEAF_VALUES,
  LEFT_COUNTS,
  MONOTONE,
  ORDERED,
  PACKED,
  ROWS,
  ROW_BINS,
  SCORES,
  SPARE,
  SPLITS,
  SPLIT_BYTES,
  TARGETS,
  WEIGHTS,
} from '../kernels/job-layout.ts';

/** Address of the job, and of a second one that scans the sibling; before them: thread control. */
export const JOB = 1024;
export const SIBLING_JOB = JOB + JOB_BYTES;

/** Categories that one column of bins tells apart; the bin after them is for all others. */
export const CATEGORIES_PER_COLUMN = 255;

/** Blocks that a node's rows are parted in at most. */
export const MOST_PARTS = 256;

/** What the histograms may take together; trees of more leaves compute some of them twice. */
const HISTOGRAM_BYTES = 256 * 1024 * 1024;

/** Room after the ordered gradients, where values are sorted before there are any. */
const COUNTER_BYTES = 8192;

/** The sizes that decide on the memory. */
export interface BoostingSizes {
  readonly rowCount: number;
  /** Columns of bins: one a feature, or several for one of many categories. */
  readonly columnCount: number;
  /** Whether a feature of categories has several. */
  readonly hasWideFeature: boolean;
  readonly outputCount: number;
  /** Leaves that a tree can have. */
  readonly leafCount: number;
  readonly isWeighted: boolean;
}

/** Where everything lies: addresses by their fields of the job. */
export interface BoostingMemory {
  readonly bytes: number;
  readonly addresses: ReadonlyMap<number, number>;
  readonly rowCount: number;
  readonly isWeighted: boolean;
  readonly histograms: number;
  readonly histogramBytes: number;
  readonly histogramCount: number;
  readonly siblingSplits: number;
  /** A byte a row: which go left, where the bins of several columns say so. */
  readonly sides: number;
}

/** Lay out the one memory that all threads work on. */
export function planMemory(sizes: BoostingSizes): BoostingMemory {
  const { rowCount, columnCount, outputCount, leafCount } = sizes;
  const addresses = new Map<number, number>();
  let end = SIBLING_JOB + JOB_BYTES;
  const take = (bytes: number) => {
    const start = Math.ceil(end / 128) * 128;
    end = start + bytes;
    return start;
  };
  const place = (field: number, bytes: number) => addresses.set(field, take(bytes));

  place(FEATURES, 4 * columnCount);
  place(BIN_COUNTS, 4 * columnCount);
  place(HAS_MISSING, columnCount);
  place(MONOTONE, columnCount);
  place(BIN_TOPS, 256 * 8);
  place(GO_LEFT, 256);
  place(LEFT_COUNTS, 4 * MOST_PARTS);
  place(LEAF_STARTS, 4 * (leafCount + 1));
  place(LEAF_VALUES, 8 * leafCount);
  place(SPLITS, SPLIT_BYTES * columnCount);
  const siblingSplits = take(SPLIT_BYTES * columnCount);
  place(BLOCK_SUMS, 32 * outputCount * Math.ceil(rowCount / BLOCK_ROWS));
  place(SCORES, 8 * rowCount * outputCount);
  place(TARGETS, 8 * rowCount);
  if (sizes.isWeighted) place(WEIGHTS, 8 * rowCount);
  place(INDEX, 4 * rowCount);
  place(SPARE, 4 * rowCount);
  place(PACKED, 8 * rowCount * outputCount);
  place(ORDERED, 8 * rowCount + COUNTER_BYTES);
  place(COLUMN_BINS, rowCount * columnCount);
  // Four cells are read at a time: the last row's may reach over its end.
  place(ROW_BINS, rowCount * columnCount + 8);
  const sides = take(sizes.hasWideFeature ? rowCount : 0);
  const histogramBytes = columnCount * FEATURE_HISTOGRAM_BYTES;
  const affordable = Math.max(4, Math.floor(HISTOGRAM_BYTES / histogramBytes));
  const histogramCount = Math.min(leafCount + 2, affordable);
  const histograms = take(histogramBytes * histogramCount);
  addresses.set(ROWS, rowCount);
  return {
    bytes: end,
    rowCount,
    isWeighted: sizes.isWeighted,
    addresses,
    histograms,
    histogramBytes,
    histogramCount,
    siblingSplits,
    sides,
  };
}
