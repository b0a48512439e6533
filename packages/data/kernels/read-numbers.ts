import {
  CELLS_BASE,
  CELLS_ENDS,
  CELLS_FORMS,
  CELLS_MASKS,
  CELLS_POWERS,
  CELLS_RESULTS,
  CELLS_ROW_COUNT,
  CELLS_STARTS,
  INVERSES,
  MASKS_HUNDREDS,
  MASKS_LOW_BYTES,
  MASKS_NINES,
  MASKS_POINTS,
  MASKS_TEN_THOUSANDS,
  MASKS_TENS,
  MASKS_ZEROS,
  SAW_OPEN,
  SAW_PADDED,
  SAW_REAL,
  SAW_UNSAFE,
} from '../src/kernels/cells-layout';
import { divideLong } from './divide-long';
import { NO_DIGITS, countFraction, readLongDigits } from './read-long-digits';

const MINUS: u32 = 45;
const ZERO: u32 = 48;
const WHOLE: u32 = 2;
const EXACT: u64 = 0x20000000000000;
const TEN_TO_16: u64 = 10_000_000_000_000_000;
/** The most digits that are read without a loop. */
const MOST_DIGITS: usize = 19;
/** With fewer thousands of 10^16, a number is below 2^63. */
const MOST_LEAD: u32 = 900;
/** The most digits behind a point. */
const MOST_FRACTION: usize = 22;

/**
 * Read a column's cells as numbers, bit-identical to `Number(text)`: digits with at most one point,
 * perhaps behind a minus. Others are NaN, and seen as open unless they are empty.
 *
 * The last 16 digits are taken at once, the point being left out by joining what lies behind it with
 * what lies in front of it, one byte further: there is no loop over digits, whose end no processor
 * could foresee, and hardly a branch on what differs from cell to cell. What does not fit is rare.
 *
 * @returns what was seen.
 */
export function readNumbers(job: usize): u32 {
  const base = <usize>load<u32>(job, CELLS_BASE);
  const powers = <usize>load<u32>(job, CELLS_POWERS);
  const ones = <usize>load<u32>(job, CELLS_MASKS);
  // Constants of the code would be made anew for every cell.
  const points = v128.load(ones, MASKS_POINTS);
  const zeros = v128.load(ones, MASKS_ZEROS);
  const nines = v128.load(ones, MASKS_NINES);
  const lowBytes = v128.load(ones, MASKS_LOW_BYTES);
  const tens = v128.load(ones, MASKS_TENS);
  const hundreds = v128.load(ones, MASKS_HUNDREDS);
  const tenThousands = v128.load(ones, MASKS_TEN_THOUSANDS);
  // Behind 16 zeros lie 16 bytes of ones: what is loaded from `n` on keeps the last n of 16 bytes.
  const masks = ones - 16;
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
    const first = start + isNegative;
    const length = end - first;
    const pointBits = <u32>i8x16.bitmask(i8x16.eq(v128.load(first), points));
    const whole = min<usize>(<usize>ctz(pointBits | 0x10000), length);
    let hasPoint = <usize>(whole < min<usize>(length, 16));
    let fraction = length - whole - hasPoint;
    const digitCount = whole + fraction;
    let joined: u64 = NO_DIGITS;
    if (digitCount - 1 < MOST_DIGITS) {
      const inFront = v128.load(end - 16 - hasPoint);
      const isBehind = v128.load(masks + min<usize>(fraction, 16));
      const bytes = v128.bitselect(v128.load(end - 16), inFront, isBehind);
      const kept = v128.load(masks + min<usize>(digitCount, 16));
      const digits = v128.and(i8x16.sub(bytes, zeros), kept);
      if (!v128.any_true(i8x16.sub_sat_u(digits, nines))) {
        const pairs = i16x8.add(
          i16x8.mul(v128.and(digits, lowBytes), tens),
          i16x8.shr_u(digits, 8),
        );
        const fours = i32x4.dot_i16x8_s(pairs, hundreds);
        const packed = i16x8.narrow_i32x4_u(fours, fours);
        const eights = <u64>i64x2.extract_lane(i32x4.dot_i16x8_s(packed, tenThousands), 0);
        joined = (eights & 0xffffffff) * 100_000_000 + (eights >> 32);
        if (digitCount > 16) {
          const lead = readLead(first, whole, digitCount - 16);
          joined = lead < MOST_LEAD && whole - 1 < 15 ? joined + <u64>lead * TEN_TO_16 : NO_DIGITS;
        }
      }
    }
    if (joined === NO_DIGITS) {
      joined = readLongDigits(first, end);
      if (joined !== NO_DIGITS) {
        hasPoint = 1;
        fraction = countFraction(end);
      }
    }
    let value: f64 = NaN;
    if (joined !== NO_DIGITS && fraction <= MOST_FRACTION) {
      if (hasPoint !== 0) {
        const power = powers + (fraction << 3);
        value =
          joined <= EXACT
            ? <f64>(<i64>joined) / load<f64>(power)
            : divideLong(joined, load<f64>(power), load<f64>(power + INVERSES));
        seen |= SAW_REAL;
      } else {
        value = <f64>(<i64>joined);
        store<u8>(form, WHOLE);
        if (length > 1 && load<u8>(first) === ZERO) seen |= SAW_PADDED;
        if (joined >= EXACT) seen |= SAW_UNSAFE;
      }
    }
    if (value !== value) seen |= SAW_OPEN;
    store<u64>(result, reinterpret<u64>(value) ^ ((<u64>isNegative) << 63));
  }
  return seen;
}

/** The first one to three digits, in front of or behind a point that follows on `whole` bytes. */
function readLead(first: usize, whole: usize, count: usize): u32 {
  const top = <u32>load<u8>(first) - ZERO;
  const second = <u32>load<u8>(first + 1 + <usize>(whole === 1)) - ZERO;
  const third = <u32>load<u8>(first + 2 + <usize>(whole <= 2)) - ZERO;
  const hasSecond = <u32>(count > 1);
  const hasThird = <u32>(count > 2);
  // What is no digit is seen as too much.
  const isWrong =
    (<u32>(top > 9)) | (hasSecond & (<u32>(second > 9))) | (hasThird & (<u32>(third > 9)));
  const two = hasSecond === 0 ? top : top * 10 + second;
  return (hasThird === 0 ? two : two * 10 + third) | (0 - isWrong);
}
