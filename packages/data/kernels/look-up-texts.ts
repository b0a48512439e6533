import {
  CELLS_BASE,
  CELLS_ENDS,
  CELLS_FORMS,
  CELLS_RESULTS,
  CELLS_ROW_COUNT,
  CELLS_STARTS,
  LONGEST_TEXT,
  SLOT_CODE,
  UNKNOWN_TEXT,
} from '../src/kernels/cells-layout';
import { EMPTY, findSlot, textHead, textTail } from './find-slot';

/**
 * Write the codes of a column's cells: -1 where one is empty, and that of a text that is not in the
 * slots, too long for them, or written with doubled quotes, is UNKNOWN_TEXT.
 *
 * @returns how many are unknown.
 */
export function lookUpTexts(job: usize): u32 {
  const base = <usize>load<u32>(job, CELLS_BASE);
  let starts = <usize>load<u32>(job, CELLS_STARTS);
  let ends = <usize>load<u32>(job, CELLS_ENDS);
  let form = <usize>load<u32>(job, CELLS_FORMS);
  let result = <usize>load<u32>(job, CELLS_RESULTS);
  const last = result + ((<usize>load<u32>(job, CELLS_ROW_COUNT)) << 2);
  let unknown: u32 = 0;
  for (; result < last; result += 4, starts += 4, ends += 4, form++) {
    const start = load<u32>(starts);
    const length = load<u32>(ends) - start;
    let code = -1;
    if (length > 0) {
      code = UNKNOWN_TEXT;
      if (length <= <u32>LONGEST_TEXT && load<u8>(form) === 0) {
        const at = base + <usize>start;
        const slot = findSlot(job, textHead(job, at, length), textTail(at, length), length);
        if (slot !== 0 && (slot & EMPTY) === 0) code = load<i32>(slot, SLOT_CODE);
      }
      if (code === UNKNOWN_TEXT) unknown++;
    }
    store<i32>(result, code);
  }
  return unknown;
}
