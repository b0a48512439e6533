/** A split's byte for where the row turns: 0 left, 1 right, or OFF_PATH. */
export const SPLIT_TURN = 38;

/** The row left the path at an ancestor already: the split tells nothing new about its feature. */
export const OFF_PATH = 2;
