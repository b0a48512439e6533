import { POINT, bytesFrom, countDigits, sixteenDigits, wholePower } from './digits';
import { MINUS, ZERO } from './number-cells';
import { decimalExponent, shortestDigits } from './shortest-digits';

const MOST_DIGITS: u32 = 17;
/** Numbers of up to so many places are written without an exponent. */
const MOST_PLACES: i32 = 21;
/** And those of fewer than so many zeros behind the point. */
const MOST_ZEROS: i32 = 6;
const EXPONENT: u32 = 101;
const PLUS: u32 = 43;
const FOUR_ZEROS: u32 = 0x30303030;
/** `.0`. */
const POINT_AND_ZERO: u16 = 0x302e;
/** `0.000000`. */
const POINT_AND_ZEROS: u64 = 0x3030303030302e30;

/**
 * Write a number in the fewest digits that read back as the same one, with `.0` behind a whole one beyond
 * 2^53 - 1. @returns its length.
 */
export function formatShortest(value: f64, text: usize, powers: usize): u32 {
  if (!(abs(value) <= f64.MAX_VALUE)) return 0;
  if (value === 0) {
    store<u8>(text, ZERO);
    return 1;
  }
  let at = text;
  if (value < 0) store<u8>(at++, MINUS);
  const digits = shortestDigits(value, powers);
  const given = countDigits(digits, powers);
  // Where the point stands, counted from in front of the first digit.
  const point = decimalExponent + <i32>given;
  const all = digits * wholePower(powers, MOST_DIGITS - given);
  const upper = <u32>(all / 100_000_000);
  const lower = <u32>(all - <u64>upper * 100_000_000);
  const first = upper / 100_000_000;
  const others = sixteenDigits(upper - first * 100_000_000, lower);
  const lead = first + ZERO;
  const bytes = v128.or(others, i8x16.splat(<i8>ZERO));
  const isSome = i8x16.bitmask(i8x16.ne(others, i8x16.splat(0)));
  const count = <u32>(33 - clz(isSome));

  if (point > 0 && point <= MOST_PLACES) {
    store<u8>(at, lead);
    v128.store(at, bytes, 1);
    if (<i32>count <= point) {
      store<u32>(at, FOUR_ZEROS, 17);
      at += point;
      if (abs(value) <= <f64>f64.MAX_SAFE_INTEGER) return <u32>(at - text);
      store<u16>(at, POINT_AND_ZERO);
      return <u32>(at - text) + 2;
    }
    store<u8>(at + point, POINT);
    v128.store(at + point, bytesFrom(bytes, point - 1), 1);
    return <u32>(at - text) + count + 1;
  }
  if (point <= 0 && point > -MOST_ZEROS) {
    store<u64>(at, POINT_AND_ZEROS);
    at += 2 - point;
    store<u8>(at, lead);
    v128.store(at, bytes, 1);
    return <u32>(at - text) + count;
  }
  store<u8>(at, lead);
  store<u8>(at, POINT, 1);
  v128.store(at, bytes, 2);
  at += count === 1 ? 1 : count + 1;
  return <u32>(writeExponent(point - 1, at) - text);
}

/** @returns the place behind it. */
function writeExponent(exponent: i32, at: usize): usize {
  store<u8>(at, EXPONENT);
  store<u8>(at, exponent < 0 ? MINUS : PLUS, 1);
  at += 2;
  const rest = <u32>abs(exponent);
  if (rest >= 100) store<u8>(at++, rest / 100 + ZERO);
  if (rest >= 10) store<u8>(at++, ((rest / 10) % 10) + ZERO);
  store<u8>(at++, (rest % 10) + ZERO);
  return at;
}
