/**
 * 1.5 x 2^52: added to a double below 2^51 and taken away again, it leaves the nearest whole number,
 * the even one of two; in between, the sum's low bits are that number's.
 */
export const ROUNDER = 6755399441055744.0;
