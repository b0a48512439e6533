/** Values of an 11-bit digit, and the digits of a key. */
const DIGITS: usize = 2048;
const PASSES: usize = 6;

/**
 * Sort `count` doubles in place, digit by digit of their bits; -0 comes before 0, and there must be
 * no NaN.
 *
 * @param spare address of room for as many doubles and, after them, for 12288 counters of 4 bytes.
 */
export function sortDoubles(values: usize, spare: usize, count: i32): void {
  const bytes = (<usize>count) << 3;
  const counters = spare + bytes;
  memory.fill(counters, 0, PASSES * (DIGITS << 2));
  for (let at: usize = 0; at < bytes; at += 8) {
    // Ascending as unsigned numbers: negative ones mirrored, positive ones after them.
    const bits = load<i64>(values + at);
    const key = bits ^ ((bits >> 63) | i64.MIN_VALUE);
    store<i64>(values + at, key);
    for (let pass: usize = 0; pass < PASSES; pass++) {
      const counter = counterOf(counters, key, pass);
      store<u32>(counter, load<u32>(counter) + 1);
    }
  }
  let source = values;
  let target = spare;
  for (let pass: usize = 0; pass < PASSES; pass++) {
    if (count === 0 || isShared(counters, load<i64>(source), pass, count)) continue;
    accumulate(counters + pass * (DIGITS << 2));
    for (let at: usize = 0; at < bytes; at += 8) {
      const key = load<i64>(source + at);
      const counter = counterOf(counters, key, pass);
      const place = load<u32>(counter);
      store<u32>(counter, place + 1);
      store<i64>(target + ((<usize>place) << 3), key);
    }
    const held = source;
    source = target;
    target = held;
  }
  for (let at: usize = 0; at < bytes; at += 8) {
    const key = load<i64>(source + at);
    store<i64>(values + at, key ^ (~(key >> 63) | i64.MIN_VALUE));
  }
}

function counterOf(counters: usize, key: i64, pass: usize): usize {
  const digit = <usize>(((<u64>key) >> (<u64>pass * 11)) & 2047);
  return counters + ((pass * DIGITS + digit) << 2);
}

/** Whether all keys have the digit of this one. */
function isShared(counters: usize, key: i64, pass: usize, count: i32): bool {
  return load<i32>(counterOf(counters, key, pass)) === count;
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
