/** The next double below; NaN and -Infinity stay. */
export function nextDown(value: number): number {
  return -step64(-value, 1n);
}

/** The next float32 above a float32; Infinity stays. */
export function nextUp32(value: number): number {
  if (Number.isNaN(value) || value === Infinity) return value;
  if (value === 0) return 2 ** -149;
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  view.setInt32(0, view.getInt32(0) + (value > 0 ? 1 : -1));
  return view.getFloat32(0);
}

/** The next float32 below a float32; -Infinity stays. */
export function nextDown32(value: number): number {
  return -nextUp32(-value);
}

/** The largest float32 that is not above a number. */
export function floor32(value: number): number {
  const rounded = Math.fround(value);
  return rounded > value ? nextDown32(rounded) : rounded;
}

function step64(value: number, by: bigint): number {
  if (Number.isNaN(value) || value === Infinity) return value;
  if (value === 0) return Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + (value > 0 ? by : -by));
  return view.getFloat64(0);
}
