/**
 * How a node lies in the kernels' memory. The AssemblyScript kernels import this file too, so it
 * holds nothing but plain constants.
 */

/** Bytes of a node, which starts with its code: a row whose own is at most that goes left. */
export const NODE_BYTES = 8;
/** Where the code to compare lies in a group of rows, in bytes; 0 at a leaf: there every row holds 0. */
export const NODE_SLOT = 2;
/** Address of the right child, behind which the left one lies; a leaf's leads back to the leaf. */
export const NODE_CHILDREN = 4;

/** Rows of a group, whose codes for one slot are neighbours. */
export const GROUP_ROWS = 8;
/** Bytes of a slot. */
export const SLOT_BYTES = 16;
/** What no node's code comes up to. */
export const CODE_ABOVE_ALL = 65_535;
