import {
  CELLS_BASE,
  CELLS_ENDS,
  CELLS_FORMS,
  CELLS_POWERS,
  CELLS_RESULTS,
  CELLS_ROW_COUNT,
  CELLS_STARTS,
  SAW_OPEN,
  SAW_PADDED,
  SAW_REAL,
  SAW_UNSAFE,
} from '../src/kernels/cells-layout';
import { divideLong } from './divide-long';

const MINUS: u32 = 45;
const POINT: u32 = 46;
const ZERO: u32 = 48;
const WHOLE: u32 = 2;
/** No more digits than a 64-bit number holds. */
const MOST_DIGITS: usize = 19;
const EXACT: u64 = 0x20000000000000;

/**
 * Read a column's cells as numbers, bit-identical to `Number(text)`: digits with at most one point,
 * perhaps behind a minus. Others are NaN, and seen as open unless they are empty.
 *
 * @returns what was seen.
 */
export function readNumbers(job: usize): u32 {
  const base = <usize>load<u32>(job, CELLS_BASE);
  const powers = <usize>load<u32>(job, CELLS_POWERS);
  let starts = <usize>load<u32>(job, CELLS_STARTS);
  let ends = <usize>load<u32>(job, CELLS_ENDS);
  let form = <usize>load<u32>(job, CELLS_FORMS);
  let result = <usize>load<u32>(job, CELLS_RESULTS);
  const last = result + ((<usize>load<u32>(job, CELLS_ROW_COUNT)) << 3);
  let seen: u32 = 0;
  for (; result < last; result += 8, starts += 4, ends += 4, form++) {
    const start = base + <usize>load<u32>(starts);
    const end = base + <usize>load<u32>(ends);
    store<f64>(result, NaN);
    if (start === end) continue;
    let first = start;
    if (load<u8>(start) === MINUS) first++;
    let at = first;
    let digits: u64 = 0;
    let digit = <u32>load<u8>(at) - ZERO;
    while (digit <= 9 && at < end) {
      digits = digits * 10 + <u64>digit;
      digit = <u32>load<u8>(++at) - ZERO;
    }
    let digitCount = at - first;
    let fractionDigits: usize = 0;
    let hasPoint = false;
    if (at < end && digit + ZERO === POINT) {
      hasPoint = true;
      const pointAt = at;
      // Most fractions have four digits or more: four at a time while they last.
      while (at + 4 < end) {
        const four = load<u32>(at, 1);
        if (!areDigits(four)) break;
        digits = digits * 10_000 + <u64>valueOf4(four);
        at += 4;
      }
      digit = <u32>load<u8>(++at) - ZERO;
      while (digit <= 9 && at < end) {
        digits = digits * 10 + <u64>digit;
        digit = <u32>load<u8>(++at) - ZERO;
      }
      fractionDigits = at - pointAt - 1;
      digitCount += fractionDigits;
    }
    if (at !== end || digitCount === 0 || digitCount > MOST_DIGITS) {
      seen |= SAW_OPEN;
      continue;
    }
    let value: f64;
    if (fractionDigits === 0) value = <f64>digits;
    else {
      const power = load<f64>(powers + (fractionDigits << 3));
      value = digits <= EXACT ? <f64>digits / power : divideLong(digits, power);
      if (value !== value) {
        seen |= SAW_OPEN;
        continue;
      }
    }
    if (hasPoint) seen |= SAW_REAL;
    else {
      store<u8>(form, WHOLE);
      if (digitCount > 1 && load<u8>(first) === ZERO) seen |= SAW_PADDED;
      if (digits >= EXACT) seen |= SAW_UNSAFE;
    }
    store<f64>(result, first > start ? -value : value);
  }
  return seen;
}

/** Whether four bytes are all digits. */
function areDigits(four: u32): bool {
  return ((four & 0xf0f0f0f0) | (((four + 0x06060606) & 0xf0f0f0f0) >> 4)) === 0x33333333;
}

/** The number that four bytes of digits write, the first byte being the lowest. */
function valueOf4(four: u32): u32 {
  const pairs = ((four & 0x0f0f0f0f) * 2561) >> 8;
  return ((pairs & 0x00ff00ff) * 6_553_601) >> 16;
}
