/**
 * The largest float64 that float32 rounding does not lift above `threshold`: for every x,
 * `x <= result` is `Math.fround(x) <= threshold`. So trees that were made for float32 values decide
 * the same about values that nobody rounded.
 *
 * @param threshold a float32; not NaN.
 */
export function singleThreshold(threshold: number): number {
  if (!Number.isFinite(threshold)) return threshold;
  const above = nextSingle(threshold);
  const middle = threshold + ((above === Infinity ? 2 ** 128 : above) - threshold) / 2;
  return Math.fround(middle) <= threshold ? middle : previousDouble(middle);
}

/** The float32 before `value`, which is one. */
export function previousSingle(value: number): number {
  return -nextSingle(-value);
}

/** The float64 before `value`; the same where there is none. */
export function previousDouble(value: number): number {
  if (value === -Infinity || Number.isNaN(value)) return value;
  if (value === 0) return -Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + (value > 0 ? -1n : 1n));
  return view.getFloat64(0);
}

function nextSingle(value: number): number {
  if (value === Infinity) return value;
  if (value === 0) return 2 ** -149;
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  view.setInt32(0, view.getInt32(0) + (value > 0 ? 1 : -1));
  return view.getFloat32(0);
}
