import {
  CELLS_BASE,
  CELLS_ENDS,
  CELLS_FORMS,
  CELLS_STARTS,
  LONGEST_TEXT,
  SLOT_LENGTH,
  SLOT_TAIL,
} from '../src/kernels/cells-layout';
import { EMPTY, findSlot, textHead, textTail } from './find-slot';

/**
 * Keep the code of a column's cell for the next look-up, unless no slot takes such a text.
 *
 * @returns 0 where a larger table would have had room for it, else 1.
 */
export function rememberText(job: usize, row: u32, code: i32): u32 {
  const place = (<usize>row) << 2;
  const start = load<u32>(<usize>load<u32>(job, CELLS_STARTS) + place);
  const length = load<u32>(<usize>load<u32>(job, CELLS_ENDS) + place) - start;
  if (length > <u32>LONGEST_TEXT || load<u8>(<usize>load<u32>(job, CELLS_FORMS) + row) !== 0)
    return 1;
  const at = <usize>load<u32>(job, CELLS_BASE) + <usize>start;
  const head = textHead(job, at, length);
  const tail = textTail(at, length);
  const found = findSlot(job, head, tail, length);
  if (found === 0) return 0;
  const slot = found & ~EMPTY;
  v128.store(slot, head);
  v128.store(slot, tail, SLOT_TAIL);
  // Last, and both at once, for threads that look things up meanwhile.
  atomic.store<u64>(slot, (<u64>length) | ((<u64>(<u32>(code + 1))) << 32), SLOT_LENGTH);
  return 1;
}
