/** The number of bytes that are looked at together. */
export const BLOCK_BYTES: usize = 64;

/** Which of 64 bytes are delimiters or line endings: one bit each, the first is the lowest. */
export function findSpecials(at: usize, delimiters: v128): u64 {
  return (
    findAmong16(at, delimiters) |
    (findAmong16(at + 16, delimiters) << 16) |
    (findAmong16(at + 32, delimiters) << 32) |
    (findAmong16(at + 48, delimiters) << 48)
  );
}

function findAmong16(at: usize, delimiters: v128): u64 {
  const bytes = v128.load(at);
  const found = v128.or(
    i8x16.eq(bytes, delimiters),
    v128.or(i8x16.eq(bytes, i8x16.splat(10)), i8x16.eq(bytes, i8x16.splat(13))),
  );
  return <u64>(<u32>i8x16.bitmask(found));
}
