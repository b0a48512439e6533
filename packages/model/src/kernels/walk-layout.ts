/**
 * Where the parameters of a section of trees lie, in bytes from their start; addresses are byte
 * offsets into the kernels' memory. The AssemblyScript kernels import this file too, so it holds
 * nothing but plain constants.
 */

/** Address of the trees' roots, 4 bytes each, with empty leaves behind to a multiple of eight. */
export const ROOTS = 0;
/** How many trees there are, without those leaves. */
export const TREE_COUNT = 4;
/** Address of the steps to take before looking whether all rows are at a leaf; 4 bytes a tree. */
export const TREE_STEPS = 8;
/** The same for one row in eight trees; 4 bytes for each eight. */
export const GROUP_STEPS = 12;
/**
 * Distance from a leaf to its eight bytes of outcome: its value or, where there are several outputs,
 * their address.
 */
export const TO_OUTCOME = 16;
export const OUTPUT_COUNT = 20;

/** How many features the trees look at. */
export const FEATURE_COUNT = 24;
/** Address of where each feature's thresholds are: see the SEARCH_ offsets. */
export const SEARCHES = 28;
/** Address of the features' values: doubles, VALUE_BYTES a feature. */
export const VALUES = 32;
export const VALUE_BYTES = 36;

/** Address of the rows' codes, two bytes each, in groups: slot by slot, eight rows a slot. */
export const ROWS = 40;
/** Bytes of a group of rows. */
export const GROUP_BYTES = 44;
export const ROW_COUNT = 48;
/** Address of the sums: rows, up to a multiple of eight, x outputs, row-major doubles. */
export const SUMS = 52;

/** Bytes of all parameters. */
export const SECTION_BYTES = 64;

/** Address of a feature's ascending thresholds: doubles, one less than a power of two. */
export const SEARCH_TOPS = 0;
/** Bytes of the larger half of them: 8 times the power of two's half. */
export const SEARCH_HALF = 4;
export const SEARCH_BYTES = 8;
