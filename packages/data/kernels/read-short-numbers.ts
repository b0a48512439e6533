import {
  CELLS_BASE,
  CELLS_ENDS,
  CELLS_FORMS,
  CELLS_CONSTANTS,
  CELLS_RESULTS,
  CELLS_ROW_COUNT,
  CELLS_STARTS,
  ABOVE_NINE,
  TENS,
  HUNDREDS,
  POINTS,
  TEN_THOUSANDS,
  SHORT_WAYS,
  HUNDRED_MILLIONS,
  ZEROS,
  MOST_SHORT_BYTES,
  NO_POINT,
  SAW_PADDED,
  SAW_REAL,
  SHORT_WAY_DIVISORS,
} from '../src/kernels/cells-layout';
import { MINUS, PUT_OFF, SAW_PUT_OFF, WHOLE, ZERO } from './number-cells';

/**
 * Read a column's cells as readLongNumbers does, and put off those that are no numbers or have more
 * than MOST_SHORT_BYTES bytes behind the sign.
 *
 * A cell's digits are taken at once, moved to where they belong by an order for each place of the
 * point and each length: there is no loop over digits, whose end no processor could foresee, and
 * hardly a branch on what differs from cell to cell. Fifteen digits and a power of ten are exact
 * doubles, so that their quotient is the number.
 *
 * @returns what was seen.
 */
export function readShortNumbers(job: usize): u32 {
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
  const ways = constants + SHORT_WAYS;
  let starts = <usize>load<u32>(job, CELLS_STARTS);
  const toEnds = <usize>load<u32>(job, CELLS_ENDS) - starts;
  let form = <usize>load<u32>(job, CELLS_FORMS);
  let result = <usize>load<u32>(job, CELLS_RESULTS);
  const last = result + ((<usize>load<u32>(job, CELLS_ROW_COUNT)) << 3);
  let seen: u32 = 0;
  for (; result < last; result += 8, starts += 4, form++) {
    const start = base + <usize>load<u32>(starts);
    const end = base + <usize>load<u32>(starts + toEnds);
    if (start === end) {
      store<f64>(result, NaN);
      continue;
    }
    const isNegative = <usize>(load<u8>(start) === MINUS);
    const length = end - start - isNegative;
    if (length > <usize>MOST_SHORT_BYTES) {
      store<u64>(result, PUT_OFF);
      seen |= SAW_PUT_OFF;
      continue;
    }
    const bytes = v128.load(end - 16);
    const behind = <usize>clz((<u32>i8x16.bitmask(i8x16.eq(bytes, points))) << 16);
    const fraction = behind < length ? behind : NO_POINT;
    const way = ways + (fraction << 9) + (length << 5);
    const digits = i8x16.relaxed_swizzle(i8x16.sub(bytes, zeros), v128.load(way));
    if (i8x16.bitmask(i8x16.add_sat_u(digits, aboveNine)) !== 0) {
      store<u64>(result, PUT_OFF);
      seen |= SAW_PUT_OFF;
      continue;
    }
    const pairs = i16x8.relaxed_dot_i8x16_i7x16_s(digits, tens);
    const fours = i32x4.dot_i16x8_s(pairs, hundreds);
    const packed = i16x8.narrow_i32x4_u(fours, fours);
    const eights = f64x2.convert_low_i32x4_s(i32x4.dot_i16x8_s(packed, tenThousands));
    const parts = f64x2.mul(eights, weights);
    const joined = f64x2.extract_lane(parts, 0) + f64x2.extract_lane(parts, 1);
    store<f64>(result, joined / load<f64>(way + (isNegative << 3), SHORT_WAY_DIVISORS));
    if (fraction !== NO_POINT) seen |= SAW_REAL;
    else {
      store<u8>(form, WHOLE);
      if (length > 1 && load<u8>(start + isNegative) === ZERO) seen |= SAW_PADDED;
    }
  }
  return seen;
}
