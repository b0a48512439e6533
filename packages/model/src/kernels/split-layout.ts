/**
 * How splits, trees and the parameters of an explanation lie in the kernels' memory, in bytes.
 * Addresses are byte offsets into that memory; a split's number counts from its tree's first. The
 * AssemblyScript kernels import this file too, so it holds nothing but plain constants.
 */

/** Points of a quadrature rule that one walk deals with, and bytes of as many doubles. */
export const WALK_POINTS = 6;
export const POINT_BYTES = 48;

/** A split; it starts with its threshold. */
export const SPLIT_BYTES = 64;
/** The share of the split's rows that went left. */
export const SPLIT_LEFT_SHARE = 8;
/** Product of the shares above that belong to the split's own feature. */
export const SPLIT_SHARE_ABOVE = 16;
/** Where in the row's values the one to compare lies. */
export const SPLIT_SLOT = 24;
/** The number of the parent; of a root its own. */
export const SPLIT_PARENT = 28;
/** The nearest split above of the same feature; -1 = none. */
export const SPLIT_ANCESTOR = 32;
/** The side of its parent, and of its ancestor, that a split is on: 0 left, 1 right; a byte each. */
export const SPLIT_SIDE = 36;
export const SPLIT_ANCESTOR_SIDE = 37;
// The byte behind is the kernels' own: see kernels/split-turn.ts.
/** Where the left child's row of expected scores lies, then the right one's; of a leaf a row of zeros. */
export const SPLIT_CHILD_ROWS = 40;
/** Where in the row's contributions the feature's lie. */
export const SPLIT_FEATURE = 48;
/** Address of what takes the earlier splits of the feature out of a product; POINT_BYTES a walk. */
export const SPLIT_INVERSES = 52;

/** A tree: address of its first split, number of splits, number of walks, address of its points. */
export const TREE_BYTES = 16;
export const TREE_SPLITS = 0;
export const TREE_SPLIT_COUNT = 4;
export const TREE_WALKS = 8;
/** For each walk WALK_POINTS points, then their weights. */
export const TREE_POINTS = 12;

/** Address of the trees, and how many there are. */
export const EXPLAINED_TREES = 0;
export const EXPLAINED_TREE_COUNT = 4;
/** Address of all splits, tree by tree. */
export const ALL_SPLITS = 8;
/** Address of the row's values. */
export const ROW_VALUES = 12;
/** Address of the row's contributions: features x outputs, doubles; added to. */
export const CONTRIBUTIONS = 16;
/** How many outputs to explain. */
export const EXPLAINED_OUTPUTS = 20;
/** Address of the children's values, left and right by split; an output after another, of so many bytes. */
export const CHILD_VALUES = 24;
export const CHILD_VALUE_BYTES = 28;
/** Address of POINT_BYTES a split: its weight at each point. */
export const WEIGHTS = 32;
/** Address of POINT_BYTES a split: the expected score below it at each point; first a row of zeros. */
export const EXPECTED = 36;
/** Bytes of all parameters. */
export const EXPLANATION_BYTES = 64;
