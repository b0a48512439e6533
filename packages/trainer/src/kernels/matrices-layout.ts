/**
 * Where the parameters of a product of two matrices lie, in bytes from the start of its job. Addresses
 * and distances are in bytes; entries of the second and of the product lie next to each other in a row.
 *
 * The AssemblyScript kernels import this file too, so it holds nothing but plain constants.
 */

/** Address of the first matrix, and the distances between its rows and between its columns. */
export const FIRST = 0;
export const FIRST_ROW = 4;
export const FIRST_STEP = 8;
/** Address of the second matrix, and the distance between its rows. */
export const SECOND = 12;
export const SECOND_ROW = 16;
/** Address of what the product is added to, and the distance between its rows. */
export const PRODUCT = 20;
export const PRODUCT_ROW = 24;
/** Columns of the first matrix, rows of the second. */
export const STEPS = 28;
/** Columns of the second matrix and of the product. */
export const COLUMNS = 32;

/** Bytes of the parameters. */
export const MATRICES_JOB_BYTES = 64;
