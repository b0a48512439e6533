/**
 * Where the parameters of writing numbers and rows lie, in bytes from their start; addresses are byte
 * offsets into the kernels' memory. The AssemblyScript kernels import this file too, so it holds
 * nothing but plain constants.
 */

/** Addresses of the numbers, of a slot for each one's text, and of each text's length. */
export const FORMAT_VALUES = 0;
export const FORMAT_TEXTS = 4;
export const FORMAT_LENGTHS = 8;
export const FORMAT_COUNT = 12;
/** Address of the powers below. */
export const FORMAT_POWERS = 16;
/** Digits behind the point, or SHORTEST for as many as tell a number apart. */
export const FORMAT_DECIMALS = 20;
/** 10 to the power of those decimals, as a double. */
export const FORMAT_SCALE = 24;

export const SHORTEST = 0xff;
/** The most decimals that the kernel knows to write. */
export const MOST_DECIMALS = 15;
/** A text takes up to 25 bytes; up to the slot's end others may be overwritten. */
export const TEXT_SLOT_BYTES = 40;

/** Powers of ten from 10^0 to 10^19, as whole numbers. */
export const WHOLE_POWERS = 0;
export const WHOLE_POWER_COUNT = 20;
/**
 * The first 128 bits of powers of ten from LEAST_POWER on, rounded up: the upper half, then the lower.
 */
export const WIDE_POWERS = 160;
export const LEAST_POWER = -292;
export const GREATEST_POWER = 324;
export const POWERS_END = 10_032;

/** How many rows to join with their added cells, and where the texts of both begin and end. */
export const JOIN_ROW_COUNT = 0;
/** Address of the rows' own bytes; places count from there. */
export const JOIN_BASE = 4;
export const JOIN_STARTS = 8;
export const JOIN_ENDS = 12;
/** Address of room for the joined rows. */
export const JOIN_TARGET = 16;
/** Address of the added columns, below, and how many they are. */
export const JOIN_COLUMNS = 20;
export const JOIN_COLUMN_COUNT = 24;
/** What stands behind each row: its address and its length. */
export const JOIN_BEHIND = 28;
export const JOIN_BEHIND_LENGTH = 32;

/** An added column: what stands before its cells, and addresses of their addresses and lengths. */
export const COLUMN_BEFORE = 0;
export const COLUMN_BEFORE_LENGTH = 4;
export const COLUMN_CELLS = 8;
export const COLUMN_LENGTHS = 12;
export const COLUMN_BYTES = 16;

/** Texts are copied by so many bytes at a time, so that as many behind them are read and overwritten. */
export const COPIED_AT_ONCE = 16;
