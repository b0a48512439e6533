import {
  CELLS_CONSTANTS,
  CELLS_SLOTS,
  CELLS_SLOT_MASK,
  SLOTS_TRIED,
  SLOT_BITS,
  SLOT_BYTES,
  SLOT_LENGTH,
  SLOT_TAIL,
} from '../src/kernels/cells-layout';

/** The first bytes of a text, with zeros behind it. */
export function textHead(job: usize, start: usize, length: u32): v128 {
  const text = v128.load(start);
  if (length >= 16) return text;
  return v128.and(text, v128.load(<usize>load<u32>(job, CELLS_CONSTANTS) + 16 - <usize>length));
}

/** The last 16 bytes of a text that has more; else zeros. */
export function textTail(start: usize, length: u32): v128 {
  return length > 16 ? v128.load(start + <usize>length - 16) : i64x2.splat(0);
}

/**
 * Where a text is looked for first: `mixed` is its head, and its tail twice where it has one. The upper
 * bits of a product have to do with all bits; there are SLOT_BITS of them.
 */
export function hashText(mixed: v128): u32 {
  const low = <u64>i64x2.extract_lane(mixed, 0);
  const high = <u64>i64x2.extract_lane(mixed, 1);
  return <u32>(((low ^ rotl<u64>(high, 29)) * 0x9e3779b97f4a7c15) >> (64 - SLOT_BITS));
}

/** Marks a slot as empty; slots lie at even addresses. */
export const EMPTY: usize = 1;

/**
 * The slot that holds a text; or else the empty one where it may go, with the mark {@link EMPTY}, for
 * another thread may fill it meanwhile; 0 where there is neither.
 */
export function findSlot(job: usize, head: v128, tail: v128, length: u32): usize {
  const slots = <usize>load<u32>(job, CELLS_SLOTS);
  const mask = load<u32>(job, CELLS_SLOT_MASK);
  let index = hashText(v128.xor(head, i64x2.add(tail, tail)));
  for (let tried = 0; tried < SLOTS_TRIED; tried++) {
    const slot = slots + <usize>(index & mask) * SLOT_BYTES;
    // Written last: who sees it sees the text and its code.
    const found = atomic.load<u32>(slot, SLOT_LENGTH);
    if (found === 0) return slot | EMPTY;
    if (found === length) {
      const differing = v128.or(
        v128.xor(v128.load(slot), head),
        v128.xor(v128.load(slot, SLOT_TAIL), tail),
      );
      if (!v128.any_true(differing)) return slot;
    }
    index++;
  }
  return 0;
}
