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
/** Address of the constants below: code that has them would make them anew for every cell. */
export const CELLS_CONSTANTS = 24;
/** Address of the slots of known texts, and one less than their number, a power of two. */
export const CELLS_SLOTS = 28;
export const CELLS_SLOT_MASK = 32;
/** Address of room for the bytes of a column's cells, one behind the other. */
export const CELLS_PACKED = 36;
/**
 * Address of room for divisions, or for what a look-up leaves: DIVISION_BYTES for each of as many rows
 * as there may be.
 */
export const CELLS_DIVISIONS = 40;
export const DIVISION_BYTES = 24;
export const CELLS_ROW_CAPACITY = 44;

/** 16 bytes of ones, with 16 zeros in front and behind. */
export const ONES = 0;
/** What repeats in 16 bytes each: the point, the digit 0, and what a byte above nine makes 128 or more. */
export const POINTS = 32;
export const ZEROS = 48;
export const ABOVE_NINE = 64;
/** Weights of two neighbours each: 10 and 1 for bytes, 100 and 1, 10,000 and 1, 10^8 and 1 for doubles. */
export const TENS = 80;
export const HUNDREDS = 96;
export const TEN_THOUSANDS = 112;
export const HUNDRED_MILLIONS = 128;
/** Line feeds, carriage returns and quotes. */
export const LINE_FEEDS = 144;
export const RETURNS = 160;
export const QUOTES = 176;
/** The most digits of a number that the kernels read. */
export const MOST_DIGITS = 19;
/** And the most behind a point, where those in front are zeros. */
export const MOST_FRACTION = 22;
/**
 * Orders of bytes: they move the first digits of a long number to the end of four bytes, without the
 * point and with zeros in front; one for each number of digits in front of the point, where three
 * stands for more as well, and each number of digits to take, up to three.
 */
export const LEAD_ORDERS = 192;
/**
 * Ways to read long numbers, two for each number of bytes behind the point, up to MOST_FRACTION, and
 * two for where there is no point, without and with a minus: a mask of ones for those bytes, and what to
 * divide by, its upper and lower half, and its inverse, as doubles.
 */
export const LONG_WAYS = 448;
export const LONG_WAY_DIVISOR = 16;
export const LONG_WAY_HIGH = 24;
export const LONG_WAY_LOW = 32;
export const LONG_WAY_INVERSE = 40;
export const LONG_WAY_BYTES = 48;
/**
 * Ways to read short numbers, one for each number of bytes behind the point, or NO_POINT, and each
 * length without the sign: an order that moves the digits to the end of 16 bytes, without the point and
 * with zeros in front, and what to divide by, without and with a minus, as doubles.
 */
export const SHORT_WAYS = 2752;
export const NO_POINT = 16;
/** The most bytes of a short number without its sign. */
export const MOST_SHORT_BYTES = 15;
export const SHORT_WAY_DIVISORS = 16;
export const SHORT_WAY_BYTES = 32;
export const CONSTANTS_END = 11_456;

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
/**
 * A slot: the text's first 16 bytes, its last 16 where it has more, its length and one more than its
 * code. These two are read and written together; of an empty slot they say that a cell is missing.
 */
export const SLOT_TAIL = 16;
export const SLOT_LENGTH = 32;
export const SLOT_CODE = 36;
export const SLOT_BYTES = 40;
/** A table has at most two to the power of this many slots. */
export const SLOT_BITS = 14;
/** How many neighbouring slots a text may lie in. */
export const SLOTS_TRIED = 8;
