import { divideLong } from './divide-long';

const POINT: u32 = 46;
const ZERO: u32 = 48;
const EXACT: u64 = 0x20000000000000;
/** With one more digit a number is below 10^18. */
const ROOM: u64 = 100_000_000_000_000_000;
const MOST_FRACTION: usize = 22;

/** The number that digits with one point among them write; NaN for others and for too many digits. */
export function readLongNumber(first: usize, end: usize, powers: usize): f64 {
  let digits: u64 = 0;
  let pointAt: usize = 0;
  for (let at = first; at < end; at++) {
    const digit = <u32>load<u8>(at) - ZERO;
    if (digit <= 9) {
      if (digits >= ROOM) return NaN;
      digits = digits * 10 + <u64>digit;
    } else if (digit + ZERO === POINT && pointAt === 0) pointAt = at;
    else return NaN;
  }
  const fraction = end - pointAt - 1;
  if (pointAt === 0 || end - first < 2 || fraction > MOST_FRACTION) return NaN;
  const power = load<f64>(powers + (fraction << 3));
  return digits <= EXACT ? <f64>(<i64>digits) / power : divideLong(digits, power);
}
