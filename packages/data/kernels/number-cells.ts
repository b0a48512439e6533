export const MINUS: u32 = 45;
export const ZERO: u32 = 48;
/** The form of a cell of digits, perhaps behind a minus. */
export const WHOLE: u32 = 2;
/** What stands in the results for a cell that is put off: one of many NaN. */
export const PUT_OFF: u64 = 0x7ff8_0000_0000_ffff;
/** Seen: a cell that is put off. */
export const SAW_PUT_OFF: u32 = 0x100;
