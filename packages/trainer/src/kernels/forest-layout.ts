/**
 * Where the parameters of a tree of a forest lie, in bytes from the start of its job: one block of
 * memory a thread. Addresses are byte offsets into the memory that all threads share.
 *
 * The AssemblyScript kernels import this file too, so it holds nothing but plain constants.
 */

/** Rows and features of the training set. */
export const ROWS = 0;
export const FEATURE_COUNT = 4;
/** Address of the bins, one byte a cell, column-major: rows a feature; and of the same, row-major. */
export const COLUMN_BINS = 8;
export const ROW_BINS = 12;
/** Address of the number of value bins of each feature, 4 bytes each. */
export const BIN_COUNTS = 16;
/**
 * Address of two doubles a row, in all trees: its weight, and the weight times its target (PAIRS) or
 * the code of its class (CLASSES).
 */
export const ROW_STATS = 20;
/** Address of the targets, a double a row, by which a node of equal ones is known; or 0. */
export const TARGETS = 24;
/** What is summed: PAIRS or CLASSES. */
export const KIND = 28;
/** The number of classes, where classes are summed. */
export const CLASS_COUNT = 32;
/** 1: entropy, 0: Gini impurity, where classes are summed. */
export const IS_ENTROPY = 36;
/** 1: the bag is drawn with replacement, 0: it holds every row once. */
export const IS_BOOTSTRAP = 40;
/** How many features are drawn for a split. */
export const FEATURES_PER_SPLIT = 44;
/** Rows that each side of a split must have. */
export const LEAST_ROWS = 48;

/** Address of the numbers of the bag's rows, node by node, 4 bytes each; and of room for as many. */
export const INDEX = 52;
export const SPARE = 56;
/** Address of two doubles a row of the bag, in the order of the index; and of room for as many. */
export const STATS = 60;
export const SPARE_STATS = 64;
/** Address of the histograms of a batch of features. */
export const HISTOGRAMS = 68;
/** Address of the row counts that go with them, 4 bytes a bin. */
export const ROW_COUNTS = 72;
/** Address of the features in the order of the urn; and of the swaps to undo, 4 bytes each. */
export const URN = 76;
export const SWAPS = 80;
/** Address of the sums over the node: weight and weighted target (PAIRS), weight and one a class. */
export const TOTALS = 84;
/** Address of as many sums, over the left side of a cut. */
export const LEFT_SUMS = 88;

/** The tree's number. */
export const TREE = 92;
/** The node's number in the tree, and its rows in the index. */
export const NODE = 96;
export const START = 100;
export const COUNT = 104;
/** 1: nothing is left to separate in the node. */
export const IS_PURE = 108;
/** The split found: its feature or -1. */
export const SPLIT_FEATURE = 112;
/** The last bin with rows that goes left, the next that goes right; the latter may be MISSING. */
export const LAST_LEFT = 116;
export const FIRST_RIGHT = 120;
/** 1: missing values go left. */
export const MISSING_LEFT = 124;
/** How many of the node's rows went left. */
export const LEFT_COUNT = 128;
/** How many features have been drawn for the node. */
export const DRAWN = 132;
/** The state of the random numbers: three words and a counter. */
export const RANDOM = 136;
/** The seed, a double. */
export const SEED = 152;
/** The score of the best split so far; at the end, by how much it lowers weight times impurity. */
export const SCORE = 160;
/** The place, in the batch, of the feature whose cuts are scored; a cut is its last left bin's number. */
export const PLACE = 168;
/** The bin that left sides begin with; the cuts to score are those from FIRST_CUT below END_CUT. */
export const FROM_BIN = 172;
export const FIRST_CUT = 176;
export const END_CUT = 180;
/** 1 or 0: where missing values go in these cuts; -1: there are none. */
export const MISSING_SIDE = 184;

/** Bytes of a job's parameters. */
export const FOREST_JOB_BYTES = 256;

/** Sums of weights and of weighted targets: two doubles. */
export const PAIRS = 0;
/** Sums of weights, in all and by class. */
export const CLASSES = 1;

/** The bin of missing values; values have the bins below. */
export const MISSING = 255;

/** Features whose histograms are filled at a time. */
export const BATCH = 4;

/** A node of fewer rows than this part of all reads the row-major bins. */
export const SPARSE_PART = 8;
