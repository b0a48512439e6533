/**
 * Where a job's parameters lie, in bytes from its start: one block of shared memory that every
 * thread and every kernel reads. Addresses are byte offsets into that memory.
 *
 * The AssemblyScript kernels import this file too, so it holds nothing but plain constants.
 */

/** Rows of the training set. */
export const ROWS = 0;
/** Address of the bins, one byte a cell, column-major: rows a feature. */
export const COLUMN_BINS = 4;
/** Address of the same bins, row-major. */
export const ROW_BINS = 8;
/** Bytes from one row to the next in the row-major bins: the number of features. */
export const STRIDE = 12;
/** Address of the features in use, ascending, 4 bytes each. */
export const FEATURES = 16;
/** Address of the number of value bins of each feature, 4 bytes each. */
export const BIN_COUNTS = 20;
/** Address of one byte a feature: whether it has missing values; theirs is the bin after the last. */
export const HAS_MISSING = 24;
/** Address of the packed gradients, 8 bytes a row: gradient in the high half, hessian in the low. */
export const PACKED = 28;
/** Address of the packed gradients of a node's rows, in the node's order. */
export const ORDERED = 32;
/** Address of the row numbers, node by node, 4 bytes each. */
export const INDEX = 36;
/** Address of room for as many row numbers. */
export const SPARE = 40;
/** Where the node's rows begin in the index, and how many they are. */
export const START = 44;
export const COUNT = 48;
/** 1: the node holds all rows in their order, whatever the index says. */
export const IS_WHOLE = 52;
/** Address of the histogram to fill. */
export const HISTOGRAM = 56;
/** Address of the histogram to subtract it from, or 0. */
export const SIBLING = 60;
/** Address of the bins of the feature to split on. */
export const SPLIT_BINS = 64;
/** Address of 256 bytes: 1 where a bin's rows go left. */
export const GO_LEFT = 68;
/** Address of one count a block: rows that went left. */
export const LEFT_COUNTS = 72;
/** Address of the raw scores, a double a row. */
export const SCORES = 76;
/** Address of the targets, a double a row. */
export const TARGETS = 80;
/** Address of the weights, a double a row, or 0 where all are 1. */
export const WEIGHTS = 84;
/** 1: gradients are rounded before they are multiplied by their weights, which are whole numbers. */
export const WHOLE_WEIGHTS = 88;
/** Other than 0: rounding is to either side by chance, and this is the key. */
export const DITHER_KEY = 92;
/** Address of where each leaf's rows begin in the index (one more than leaves), 4 bytes each. */
export const LEAF_STARTS = 96;
/** Address of the leaves' values, a double each. */
export const LEAF_VALUES = 100;
/** Address of values to bin, a double a row. */
export const VALUES = 104;
/** Address of 256 ascending bin tops, a double each, padded with Infinity. */
export const BIN_TOPS = 108;
/** The bin of a missing value. */
export const MISSING_BIN = 112;
/** Address of the split found for each feature in use: see the SPLIT_ offsets. */
export const SPLITS = 116;
/** Sum of gradients and of hessians over the node to scan, in fixed point, and its rows. */
export const GRADIENT_TOTAL = 120;
export const HESSIAN_TOTAL = 124;
/** The histogram to scan. */
export const SCANNED = 128;
/**
 * Address of four sums (a double each) a block of rows: of |gradients| and of hessians, and of both in
 * fixed point, the gradients with their signs.
 */
export const BLOCK_SUMS = 132;

/** How to fill the histogram: one of the SUM_ ways. */
export const SUMMING = 136;

/** Address of one signed byte a feature: 1, -1 or 0, the way in which scores may go with it. */
export const MONOTONE = 140;

/** Levels of fixed point a unit of gradient and of hessian has. */
export const GRADIENT_SCALE = 144;
export const HESSIAN_SCALE = 152;
/** The least sum of hessians of a side, in fixed point, at least 1. */
export const LEAST_HESSIAN = 160;
/** L2 penalty, in the hessian's fixed point. */
export const PENALTY = 168;
/** The score that a split must exceed, in fixed point. */
export const SCORE_TO_BEAT = 176;

/** L1 penalty, in the gradient's own unit. */
export const L1_PENALTY = 184;
/** The least and the most a leaf below the node may add. */
export const LOWER_BOUND = 192;
export const UPPER_BOUND = 200;

/** How many of the features in use, the first ones, hold numbers: only these are scanned. */
export const NUMBERS = 208;

/** Bytes of a job's parameters. */
export const JOB_BYTES = 256;

/** Leave the histogram as it is, or fill it from the one or the other layout of the bins. */
export const SUM_NOTHING = 0;
export const SUM_COLUMNS = 1;
export const SUM_ROWS = 2;

/** Bytes of the histogram of a feature: 256 bins of 8. */
export const FEATURE_HISTOGRAM_BYTES = 2048;

/** A found split: the score (-1: none), and what it takes. */
export const SPLIT_BYTES = 24;
export const SPLIT_SCORE = 0;
/** The last bin that goes left. */
export const SPLIT_BIN = 8;
export const SPLIT_MISSING_LEFT = 12;
export const SPLIT_LEFT_GRADIENT = 16;
export const SPLIT_LEFT_HESSIAN = 20;

/** Rows that are worked off together: sums over rows are taken block by block. */
export const BLOCK_ROWS = 4096;
