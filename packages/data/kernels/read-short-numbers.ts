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

/** Numbers of so many bytes behind the sign have digits for half of what is worked on at a time. */
const PAIRED_BYTES: usize = 8;

/**
 * Read a column's cells as readLongNumbers does, and put off those that are no numbers or have more
 * than MOST_SHORT_BYTES bytes behind the sign.
 *
 * A cell's digits are taken at once, moved to where they belong by an order for each place of the
 * point and each length: there is no loop over digits, whose end no processor could foresee, and
 * hardly a branch on what differs from cell to cell. Fifteen digits and a power of ten are exact
 * doubles, so that their quotient is the number. Two cells of few digits are read together.
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
  const firstStart = <usize>load<u32>(job, CELLS_STARTS);
  const toEnds = <usize>load<u32>(job, CELLS_ENDS) - firstStart;
  const forms = <usize>load<u32>(job, CELLS_FORMS);
  const results = <usize>load<u32>(job, CELLS_RESULTS);
  const rowCount = <usize>load<u32>(job, CELLS_ROW_COUNT);
  let seen: u32 = 0;
  for (let row: usize = 0; row < rowCount; row++) {
    const startAt = firstStart + (row << 2);
    const result = results + (row << 3);
    const start = base + <usize>load<u32>(startAt);
    const end = base + <usize>load<u32>(startAt + toEnds);
    if (start === end) {
      store<f64>(result, NaN);
      continue;
    }
    const first = behindSign(start);
    const length = end - first;
    if (length > <usize>MOST_SHORT_BYTES) {
      store<u64>(result, PUT_OFF);
      seen |= SAW_PUT_OFF;
      continue;
    }
    const bytes = v128.load(end - 16);
    const fraction = fractionOf(bytes, points, length);
    const way = ways + (fraction << 9) + (length << 5);
    const digits = i8x16.relaxed_swizzle(i8x16.sub(bytes, zeros), v128.load(way));
    if (length <= PAIRED_BYTES && row + 1 < rowCount) {
      const nextStart = base + <usize>load<u32>(startAt, 4);
      const nextEnd = base + <usize>load<u32>(startAt + toEnds, 4);
      const nextFirst = behindSign(nextStart);
      const nextLength = nextEnd - nextFirst;
      if (nextLength - 1 < PAIRED_BYTES) {
        const nextBytes = v128.load(nextEnd - 16);
        const nextFraction = fractionOf(nextBytes, points, nextLength);
        const nextWay = ways + (nextFraction << 9) + (nextLength << 5);
        const nextDigits = i8x16.relaxed_swizzle(i8x16.sub(nextBytes, zeros), v128.load(nextWay));
        const both = v128.shuffle<i64>(digits, nextDigits, 1, 3);
        if (i8x16.bitmask(i8x16.add_sat_u(both, aboveNine)) === 0) {
          const pairs = i16x8.relaxed_dot_i8x16_i7x16_s(both, tens);
          const fours = i32x4.dot_i16x8_s(pairs, hundreds);
          const packed = i16x8.narrow_i32x4_u(fours, fours);
          const eights = f64x2.convert_low_i32x4_s(i32x4.dot_i16x8_s(packed, tenThousands));
          const divisors = v128.load64_lane(
            nextWay + ((nextFirst - nextStart) << 3) + SHORT_WAY_DIVISORS,
            v128.load64_splat(way + ((first - start) << 3), SHORT_WAY_DIVISORS),
            1,
          );
          v128.store(result, f64x2.div(eights, divisors));
          seen |= fraction !== NO_POINT ? SAW_REAL : seeWhole(forms + row, first, length);
          row++;
          seen |=
            nextFraction !== NO_POINT ? SAW_REAL : seeWhole(forms + row, nextFirst, nextLength);
          continue;
        }
      }
    }
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
    store<f64>(result, joined / load<f64>(way + ((first - start) << 3), SHORT_WAY_DIVISORS));
    seen |= fraction !== NO_POINT ? SAW_REAL : seeWhole(forms + row, first, length);
  }
  return seen;
}

function behindSign(start: usize): usize {
  return start + <usize>(load<u8>(start) === MINUS);
}

/** How many bytes lie behind the point of a number's last 16; NO_POINT where it has none. */
function fractionOf(bytes: v128, points: v128, length: usize): usize {
  const behind = <usize>clz((<u32>i8x16.bitmask(i8x16.eq(bytes, points))) << 16);
  return behind < length ? behind : NO_POINT;
}

/** Note that a cell is whole. @returns what else is seen of it. */
function seeWhole(form: usize, first: usize, length: usize): u32 {
  store<u8>(form, WHOLE);
  return length > 1 && load<u8>(first) === ZERO ? SAW_PADDED : 0;
}
