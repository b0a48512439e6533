const POINT: u32 = 46;
const ZERO: u32 = 48;
/** With one more digit a number is below 10^18. */
const ROOM: u64 = 100_000_000_000_000_000;
/** Others write. */
export const NO_DIGITS: u64 = 0xffffffffffffffff;

/** The digits of a number with one point among them; NO_DIGITS for others and for too many. */
export function readLongDigits(first: usize, end: usize): u64 {
  let digits: u64 = 0;
  let points: usize = 0;
  for (let at = first; at < end; at++) {
    const digit = <u32>load<u8>(at) - ZERO;
    if (digit <= 9) {
      if (digits >= ROOM) return NO_DIGITS;
      digits = digits * 10 + <u64>digit;
    } else if (digit + ZERO === POINT) points++;
    else return NO_DIGITS;
  }
  return points === 1 && end - first > 1 ? digits : NO_DIGITS;
}
