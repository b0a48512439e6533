/**
 * Where the parameters of work on one column's cells lie, in bytes from their start; addresses are
 * byte offsets into the kernels' memory. The AssemblyScript kernels import this file too, so it holds
 * nothing but plain constants.
 */

/** Address of the window's first byte; places of cells count from there. */
export const CELLS_BASE = 0;
export const CELLS_ROW_COUNT = 4;
/** Addresses of the column's first cell in a batch's arrays. */
export const CELLS_STARTS = 8;
export const CELLS_ENDS = 12;
export const CELLS_FORMS = 16;
/** Where numbers, or codes of texts, go. */
export const CELLS_RESULTS = 20;
/** Address of the powers of ten, 10^0 to 10^22, as doubles; their inverses lie behind. */
export const CELLS_POWERS = 24;
/** From a power of ten to its inverse. */
export const INVERSES = 184;
/** Address of 16 bytes of ones, with 16 zeros in front and behind, and of the constants behind. */
export const CELLS_MASKS = 28;
/** What repeats in 16 bytes each: the point, the digit 0, the value 9, and what joins digits. */
export const MASKS_POINTS = 32;
export const MASKS_ZEROS = 48;
export const MASKS_NINES = 64;
export const MASKS_LOW_BYTES = 80;
export const MASKS_TENS = 96;
export const MASKS_HUNDREDS = 112;
export const MASKS_TEN_THOUSANDS = 128;
export const MASKS_END = 144;
/** Address of the slots of known texts, and one less than their number, a power of two. */
export const CELLS_SLOTS = 32;
export const CELLS_SLOT_MASK = 36;
/** Address of room for the bytes of a column's cells, one behind the other. */
export const CELLS_PACKED = 40;

/**
 * What was seen among the cells of a column is told in bits. This one: a cell that is no number, or
 * one that takes more than the kernel's arithmetic.
 */
export const SAW_OPEN = 1;
/** Digits behind leading zeros. */
export const SAW_PADDED = 2;
/** A number with a point. */
export const SAW_REAL = 4;
/** A whole number beyond 2^53 - 1. */
export const SAW_UNSAFE = 8;

/** The code of a text that is not among the known ones. */
export const UNKNOWN_TEXT = -2;
/** The longest text that is kept, in bytes. */
export const LONGEST_TEXT = 32;
/** A slot: the text's first 16 bytes, its last 16 where it has more, its length and its code. */
export const SLOT_TAIL = 16;
export const SLOT_LENGTH = 32;
export const SLOT_CODE = 36;
export const SLOT_BYTES = 40;
/** How many neighbouring slots a text may lie in. */
export const SLOTS_TRIED = 8;
