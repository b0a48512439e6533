/** What is not above 0 becomes 0, and NaN stays; `count` doubles. */
export function rectify(values: usize, count: i32): void {
  const zero = f64x2.splat(0);
  const end = values + ((<usize>count) << 3);
  let at = values;
  for (; at + 16 <= end; at += 16) {
    const value = v128.load(at);
    v128.store(at, v128.andnot(value, f64x2.le(value, zero)));
  }
  if (at < end && load<f64>(at) <= 0) store<f64>(at, 0);
}

/** Slopes become 0 where the values that were rectified are; `count` doubles. */
export function rectifySlopes(slopes: usize, values: usize, count: i32): void {
  const zero = f64x2.splat(0);
  const end = values + ((<usize>count) << 3);
  let at = values;
  for (; at + 16 <= end; at += 16) {
    v128.store(slopes, v128.and(v128.load(slopes), f64x2.gt(v128.load(at), zero)));
    slopes += 16;
  }
  if (at < end && !(load<f64>(at) > 0)) store<f64>(slopes, 0);
}
