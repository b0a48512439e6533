import {
  CELLS_BASE,
  CELLS_ENDS,
  CELLS_FORMS,
  CELLS_CONSTANTS,
  CELLS_DIVISIONS,
  CELLS_RESULTS,
  CELLS_ROW_CAPACITY,
  CELLS_ROW_COUNT,
  CELLS_STARTS,
  LONG_WAY_BYTES,
  ABOVE_NINE,
  TENS,
  HUNDREDS,
  LEAD_ORDERS,
  LONG_WAYS,
  POINTS,
  TEN_THOUSANDS,
  HUNDRED_MILLIONS,
  ZEROS,
  MOST_DIGITS,
  MOST_FRACTION,
  SAW_OPEN,
  SAW_PADDED,
  SAW_REAL,
  SAW_UNSAFE,
} from '../src/kernels/cells-layout';
import { divideLongNumbers } from './divide-long-numbers';
import { MINUS, PUT_OFF, WHOLE, ZERO } from './number-cells';
import { NO_DIGITS, readLongDigits } from './read-long-digits';

const FIRST_UNSAFE: f64 = 9_007_199_254_740_992.0;
const TEN_TO_16: f64 = 10_000_000_000_000_000.0;

/**
 * Read a column's cells as numbers, or those that were put off, bit-identical to `Number(text)`: up to
 * MOST_DIGITS digits with at most one point, perhaps behind a minus. Others are NaN, and seen as open
 * unless they are empty.
 *
 * The last 16 digits are taken at once, the point being left out by joining what lies behind it with
 * what lies in front of it, one byte further; the first three, if there are more, are taken from
 * where the cell begins. The number is the sum of two doubles; divideLongNumbers does the rest.
 *
 * @returns what was seen.
 */
export function readLongNumbers(job: usize, arePutOff: bool): u32 {
  const base = <usize>load<u32>(job, CELLS_BASE);
  const constants = <usize>load<u32>(job, CELLS_CONSTANTS);
  // Constants of the code would be made anew for every cell.
  const points = v128.load(constants, POINTS);
  const zeros = v128.load(constants, ZEROS);
  const aboveNine = v128.load(constants, ABOVE_NINE);
  const tens = v128.load(constants, TENS);
  const hundreds = v128.load(constants, HUNDREDS);
  const tenThousands = v128.load(constants, TEN_THOUSANDS);
  const weights = v128.load(constants, HUNDRED_MILLIONS);
  let starts = <usize>load<u32>(job, CELLS_STARTS);
  const toEnds = <usize>load<u32>(job, CELLS_ENDS) - starts;
  let form = <usize>load<u32>(job, CELLS_FORMS);
  let result = <usize>load<u32>(job, CELLS_RESULTS);
  const last = result + ((<usize>load<u32>(job, CELLS_ROW_COUNT)) << 3);
  const divisions = <usize>load<u32>(job, CELLS_DIVISIONS);
  const capacity = <usize>load<u32>(job, CELLS_ROW_CAPACITY);
  let highs = divisions;
  const toLows = capacity << 3;
  let target = divisions + (capacity << 4);
  const toWays = capacity << 2;
  let seen: u32 = 0;
  for (; result < last; result += 8, starts += 4, form++) {
    if (arePutOff && load<u64>(result) !== PUT_OFF) continue;
    const start = base + <usize>load<u32>(starts);
    const end = base + <usize>load<u32>(starts + toEnds);
    store<f64>(result, NaN);
    if (start === end) continue;
    const isNegative = <usize>(load<u8>(start) === MINUS);
    const first = start + isNegative;
    const length = end - first;
    const bytes = v128.load(end - 16);
    const pointBits =
      ((<u32>i8x16.bitmask(i8x16.eq(bytes, points))) << 16) |
      (<u32>i8x16.bitmask(i8x16.eq(v128.load(end - 32), points)));
    const behind = <usize>clz(pointBits);
    const hasPoint = <usize>(behind < length);
    const digitCount = length - hasPoint;
    const fraction = hasPoint !== 0 ? behind : <usize>MOST_FRACTION + 1;
    const way = constants + LONG_WAYS + ((fraction << 1) + isNegative) * LONG_WAY_BYTES;
    let top: f64;
    let middle: f64;
    let bottom: f64;
    if (digitCount - 1 < <usize>MOST_DIGITS) {
      const leadCount = max<isize>(<isize>digitCount - 16, 0);
      const whole = min<usize>(length - hasPoint * (behind + 1), 3);
      const joined = v128.bitselect(bytes, v128.load(end - 16 - hasPoint), v128.load(way));
      // Behind 16 zeros lie 16 bytes of ones: what is loaded from `n` on keeps the last n of 16 bytes.
      const kept = v128.load(constants - 16 + min<usize>(digitCount, 16));
      const digits = v128.and(i8x16.sub(joined, zeros), kept);
      const leadOrder = v128.load(
        constants + (whole << 6) + ((<usize>leadCount) << 4),
        LEAD_ORDERS,
      );
      const lead = i8x16.relaxed_swizzle(i8x16.sub(v128.load32_zero(first), zeros), leadOrder);
      if (i8x16.bitmask(i8x16.add_sat_u(i8x16.max_u(digits, lead), aboveNine)) !== 0) {
        seen |= SAW_OPEN;
        continue;
      }
      const pairs = i16x8.relaxed_dot_i8x16_i7x16_s(digits, tens);
      const fours = i32x4.dot_i16x8_s(pairs, hundreds);
      const packed = i16x8.narrow_i32x4_u(fours, fours);
      const eights = f64x2.convert_low_i32x4_s(i32x4.dot_i16x8_s(packed, tenThousands));
      const parts = f64x2.mul(eights, weights);
      const leadPairs = i16x8.relaxed_dot_i8x16_i7x16_s(lead, tens);
      const leads = f64x2.convert_low_i32x4_s(i32x4.dot_i16x8_s(leadPairs, hundreds));

      top = f64x2.extract_lane(leads, 0) * TEN_TO_16;
      middle = f64x2.extract_lane(parts, 0);
      bottom = f64x2.extract_lane(parts, 1);
    } else {
      // Zeros in front make many digits of a small number.
      const whole = readLongDigits(first, end);
      if (hasPoint === 0 || behind > <usize>MOST_FRACTION || whole === NO_DIGITS) {
        seen |= SAW_OPEN;
        continue;
      }
      const eights = whole / 100_000_000;
      top = 0;
      middle = <f64>(<i64>eights) * 100_000_000;
      bottom = <f64>(<i64>(whole - eights * 100_000_000));
    }
    const upper = top + middle;
    const lower = middle - (upper - top) + bottom;
    const high = upper + lower;
    store<f64>(highs, high);
    store<f64>(highs + toLows, lower - (high - upper));
    store<u32>(target, <u32>result);
    store<u32>(target + toWays, <u32>way);
    highs += 8;
    target += 4;
    if (hasPoint !== 0) seen |= SAW_REAL;
    else {
      store<u8>(form, WHOLE);
      if (length > 1 && load<u8>(first) === ZERO) seen |= SAW_PADDED;
      if (high >= FIRST_UNSAFE) seen |= SAW_UNSAFE;
    }
  }
  return seen | divideLongNumbers(divisions, capacity, (highs - divisions) >> 3);
}
