/**
 * Where the parameters of a scan for rows lie, in bytes from their start; addresses are byte offsets
 * into the kernels' memory. The AssemblyScript kernels import this file too, so it holds nothing but
 * plain constants.
 */

/** Address of the window's first byte; places of cells and rows count from there. */
export const SCAN_BASE = 0;
/** Where to begin; afterwards, what lies behind the last row taken. */
export const SCAN_START = 4;
/** What lies behind the last byte; a line feed stands there. */
export const SCAN_END = 8;
export const SCAN_IS_FINAL = 12;
export const SCAN_DELIMITER = 16;
export const SCAN_COLUMN_COUNT = 20;
/** The most rows to take. */
export const SCAN_MAX_ROWS = 24;
/** Afterwards, the rows taken. */
export const SCAN_ROW_COUNT = 28;
/** The line at the start, from 1, and afterwards behind the last row; a double. */
export const SCAN_LINE = 32;
export const SCAN_ROW_CAPACITY = 40;
/** Addresses of a batch's arrays. */
export const SCAN_STARTS = 44;
export const SCAN_ENDS = 48;
export const SCAN_FORMS = 52;
export const SCAN_ROW_STARTS = 56;
export const SCAN_ROW_ENDS = 60;
export const SCAN_LINES = 64;
/** Address of the constants of cells-layout. */
export const SCAN_CONSTANTS = 68;
/**
 * Addresses of room for the places of delimiters and line feeds, and for those of line feeds, and how
 * many of them are looked for at a time. There is room for SPARE_PLACES more.
 */
export const SCAN_PLACES = 72;
export const SCAN_LINE_ENDS = 76;
export const SCAN_PLACE_COUNT = 80;
export const SPARE_PLACES = 128;

/** How far behind a window's last byte the kernels may look, whatever lies there. */
export const LOOK_AHEAD = 128;
