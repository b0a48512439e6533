/** The numbers of some rows as doubles, little endian as every machine is that Node runs on. */
export function encodeNumbers(values: Float64Array, rows: Int32Array): Uint8Array {
  const isAll = rows.length === values.length;
  const found = isAll ? values : new Float64Array(rows.length);
  if (!isAll) for (let i = 0; i < rows.length; i++) found[i] = values[rows[i]!]!;
  return new Uint8Array(found.buffer, found.byteOffset, found.byteLength);
}

/** The numbers of some rows as whole numbers of 64 bits. */
export function encodeWholeNumbers(
  values: Float64Array,
  rows: Int32Array,
  toWhole: (value: number) => bigint,
): Uint8Array {
  const found = new BigInt64Array(rows.length);
  // Times are mostly one over and over; making it whole takes longer than all else here.
  let last = NaN;
  let whole = 0n;
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]!]!;
    if (value !== last) {
      last = value;
      whole = toWhole(value);
    }
    found[i] = whole;
  }
  return new Uint8Array(found.buffer);
}
