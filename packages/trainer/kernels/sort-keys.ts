/** Values of an 11-bit digit, and the bytes of their counters. */
const DIGITS: usize = 2048;
const COUNTER_BYTES: usize = 8192;

/**
 * Sort `count` unsigned keys of 4 bytes in place, digit by digit from the lowest.
 *
 * @param spare address of room for as many keys and, after them, for 2048 counters of 4 bytes.
 */
export function sortKeys(keys: usize, spare: usize, count: i32): void {
  const bytes = (<usize>count) << 2;
  moveByDigit(keys, spare, bytes, 0);
  moveByDigit(spare, keys, bytes, 11);
  moveByDigit(keys, spare, bytes, 22);
  memory.copy(keys, spare, bytes);
}

/** Copy keys in the order of the digit that starts at bit `shift`; equals keep their order. */
function moveByDigit(source: usize, target: usize, bytes: usize, shift: u32): void {
  const counters = max<usize>(source, target) + bytes;
  memory.fill(counters, 0, COUNTER_BYTES);
  for (let at = source; at < source + bytes; at += 4)
    bump(counters + digitOffset(load<u32>(at), shift));
  accumulate(counters);
  for (let at = source; at < source + bytes; at += 4) {
    const key = load<u32>(at);
    store<u32>(target + ((<usize>bump(counters + digitOffset(key, shift))) << 2), key);
  }
}

function digitOffset(key: u32, shift: u32): usize {
  return (<usize>((key >> shift) & 2047)) << 2;
}

/** Add one to a counter; returns what it was. */
function bump(counter: usize): u32 {
  const was = load<u32>(counter);
  store<u32>(counter, was + 1);
  return was;
}

/** Turn counts into the places where each digit begins. */
function accumulate(counters: usize): void {
  let before: u32 = 0;
  for (let digit: usize = 0; digit < DIGITS; digit++) {
    const count = load<u32>(counters + (digit << 2));
    store<u32>(counters + (digit << 2), before);
    before += count;
  }
}
