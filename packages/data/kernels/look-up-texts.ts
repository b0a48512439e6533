import {
  CELLS_BASE,
  CELLS_ENDS,
  CELLS_FORMS,
  CELLS_CONSTANTS,
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
  const base = <usize>load<u32>(job, CELLS_BASE);
  const masks = <usize>load<u32>(job, CELLS_CONSTANTS) + 16;
  const slots = <usize>load<u32>(job, CELLS_SLOTS);
  const slotMask = load<u32>(job, CELLS_SLOT_MASK);
  let starts = <usize>load<u32>(job, CELLS_STARTS);
  const toEnds = <usize>load<u32>(job, CELLS_ENDS) - starts;
  let form = <usize>load<u32>(job, CELLS_FORMS);
  let result = <usize>load<u32>(job, CELLS_RESULTS);
  const last = result + ((<usize>load<u32>(job, CELLS_ROW_COUNT)) << 2);
  let unknown: u32 = 0;
  for (; result < last; result += 4, starts += 4, form++) {
    const start = load<u32>(starts);
    const length = load<u32>(starts + toEnds) - start;
    const at = base + <usize>start;
    if (length - 1 < 16 && load<u8>(form) === 0) {
      // Most texts are short, and where they are looked for first.
      const head = v128.and(v128.load(at), v128.load(masks - <usize>length));
      const slot = slots + <usize>(hashText(head, length) & slotMask) * SLOT_BYTES;
      const isThere = atomic.load<u32>(slot, SLOT_LENGTH) === length;
      if (isThere && !v128.any_true(v128.xor(v128.load(slot), head))) {
        store<i32>(result, load<i32>(slot, SLOT_CODE));
        continue;
      }
    }
    let code = -1;
    if (length > 0) {
      code = UNKNOWN_TEXT;
      if (length <= <u32>LONGEST_TEXT && load<u8>(form) === 0) {
        const slot = findSlot(job, textHead(job, at, length), textTail(at, length), length);
        if (slot !== 0 && (slot & EMPTY) === 0) code = load<i32>(slot, SLOT_CODE);
      }
      if (code === UNKNOWN_TEXT) unknown++;
    }
    store<i32>(result, code);
  }
  return unknown;
}
