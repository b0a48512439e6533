/**
 * Where the parameters of sums of products lie, in bytes from the start of their job. Addresses are byte
 * offsets into the memory.
 *
 * The AssemblyScript kernels import this file too, so it holds nothing but plain constants.
 */

/** Address of the columns: PRODUCT_ROWS doubles each, zeros behind the last row. */
export const PLAIN = 0;
/** Address of the same times the rows' weights; the same address where all are 1. */
export const SCALED = 4;
/** Address of the sums, a double a pair of columns, row-major. */
export const SUMS = 8;
/** The number of columns: a multiple of TILE_COLUMNS. */
export const WIDTH = 12;

/** Bytes of the parameters. */
export const PRODUCTS_JOB_BYTES = 64;

/** Rows that are summed before the next: what they hold of all columns stays in a near cache. */
export const PRODUCT_ROWS = 128;

/** Columns that meet the others at a time. */
export const TILE_COLUMNS = 4;
