import {
  CELLS_BASE,
  CELLS_ENDS,
  CELLS_FORMS,
  CELLS_CONSTANTS,
  CELLS_DIVISIONS,
  CELLS_RESULTS,
  CELLS_ROW_COUNT,
  CELLS_SLOTS,
  CELLS_SLOT_MASK,
  CELLS_STARTS,
  LONGEST_TEXT,
  SLOT_BYTES,
  SLOT_CODE,
  SLOT_LENGTH,
  UNKNOWN_TEXT,
} from '../src/kernels/cells-layout';
import { EMPTY, findSlot, hashText, textHead, textTail } from './find-slot';

/**
 * Write the codes of a column's cells: -1 where one is empty, and that of a text that is not in the
 * slots, too long for them, or written with doubled quotes, is UNKNOWN_TEXT.
 *
 * @returns how many are unknown.
 */
export function lookUpTexts(job: usize): u32 {
  const left = lookUpShortTexts(job);
  return lookUpOthers(job, left) + leaveEscaped(job);
}

/**
 * Look texts of up to 16 bytes up where they are looked for first, which most cells need no more than,
 * and list the others in the room for divisions, by the addresses of their starts.
 *
 * It stands alone for the sake of its loop: with more to do in it, the processor's registers do not
 * suffice.
 *
 * @returns how many are left.
 */
function lookUpShortTexts(job: usize): u32 {
  const base = <usize>load<u32>(job, CELLS_BASE);
  const masks = <usize>load<u32>(job, CELLS_CONSTANTS) + 16;
  const slots = <usize>load<u32>(job, CELLS_SLOTS);
  const slotMask = load<u32>(job, CELLS_SLOT_MASK);
  const left = <usize>load<u32>(job, CELLS_DIVISIONS);
  let leftEnd = left;
  let starts = <usize>load<u32>(job, CELLS_STARTS);
  const toEnds = <usize>load<u32>(job, CELLS_ENDS) - starts;
  let result = <usize>load<u32>(job, CELLS_RESULTS);
  const last = result + ((<usize>load<u32>(job, CELLS_ROW_COUNT)) << 2);
  for (; result < last; result += 4, starts += 4) {
    const start = load<u32>(starts);
    const length = load<u32>(starts + toEnds) - start;
    if (length <= 16) {
      const text = v128.load(base + <usize>start);
      const head = v128.and(text, v128.load(masks - <usize>length));
      const slot = slots + <usize>(hashText(head) & slotMask) * SLOT_BYTES;
      // Both at once: who sees the length of a text that another thread remembers sees its code.
      const entry = load<u64>(slot, SLOT_LENGTH);
      const equal = i8x16.bitmask(i8x16.eq(v128.load(slot), head));
      if (((equal ^ 0xffff) | ((<u32>entry) ^ length)) === 0) {
        store<i32>(result, <i32>(entry >> 32) - 1);
        continue;
      }
    }
    store<u32>(leftEnd, <u32>starts);
    leftEnd += 4;
  }
  return (<u32>(leftEnd - left)) >> 2;
}

/** Look up what was left. @returns how many texts are unknown. */
function lookUpOthers(job: usize, count: u32): u32 {
  const base = <usize>load<u32>(job, CELLS_BASE);
  const starts = <usize>load<u32>(job, CELLS_STARTS);
  const toEnds = <usize>load<u32>(job, CELLS_ENDS) - starts;
  const toResults = <usize>load<u32>(job, CELLS_RESULTS) - starts;
  const left = <usize>load<u32>(job, CELLS_DIVISIONS);
  const leftEnd = left + ((<usize>count) << 2);
  let unknown: u32 = 0;
  for (let next = left; next < leftEnd; next += 4) {
    const startAt = <usize>load<u32>(next);
    const start = load<u32>(startAt);
    const length = load<u32>(startAt + toEnds) - start;
    const code = length === 0 ? -1 : codeOf(job, base + <usize>start, length);
    store<i32>(startAt + toResults, code);
    unknown += <u32>(code === UNKNOWN_TEXT);
  }
  return unknown;
}

function codeOf(job: usize, at: usize, length: u32): i32 {
  if (length > <u32>LONGEST_TEXT) return UNKNOWN_TEXT;
  const slot = findSlot(job, textHead(job, at, length), textTail(at, length), length);
  return slot === 0 || (slot & EMPTY) !== 0 ? UNKNOWN_TEXT : load<i32>(slot, SLOT_CODE) - 1;
}

/** Make the codes of cells with doubled quotes UNKNOWN_TEXT. @returns how many there are more. */
function leaveEscaped(job: usize): u32 {
  const forms = <usize>load<u32>(job, CELLS_FORMS);
  const results = <usize>load<u32>(job, CELLS_RESULTS);
  const rowCount = <usize>load<u32>(job, CELLS_ROW_COUNT);
  let more: u32 = 0;
  for (let row: usize = 0; row < rowCount; row += 16) {
    if (row + 16 <= rowCount && !v128.any_true(v128.load(forms + row))) continue;
    for (let i = row; i < min(row + 16, rowCount); i++) {
      const result = results + (i << 2);
      if (load<u8>(forms + i) === 0 || load<i32>(result) === UNKNOWN_TEXT) continue;
      store<i32>(result, UNKNOWN_TEXT);
      more++;
    }
  }
  return more;
}
