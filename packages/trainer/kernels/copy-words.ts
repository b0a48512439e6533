/** Copy `count` words of 4 bytes, first to last: the target may overlap the source from below. */
export function copyWords(target: usize, source: usize, count: i32): void {
  const bytes = (<usize>count) << 2;
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) {
    const first = load<i64>(source + at);
    const second = load<i64>(source + at, 8);
    store<i64>(target + at, first);
    store<i64>(target + at, second, 8);
  }
  for (; at < bytes; at += 4) store<u32>(target + at, load<u32>(source + at));
}
