/** The number of bytes that are looked at together. */
export const BLOCK_BYTES: u32 = 64;

/** Which of 64 bytes have all bits set, 16 of them in each part: one bit each, the first is the lowest. */
export function joinBits(a: v128, b: v128, c: v128, d: v128): u64 {
  const low = (<u32>i8x16.bitmask(a)) | ((<u32>i8x16.bitmask(b)) << 16);
  const high = (<u32>i8x16.bitmask(c)) | ((<u32>i8x16.bitmask(d)) << 16);
  return (<u64>low) | ((<u64>high) << 32);
}
