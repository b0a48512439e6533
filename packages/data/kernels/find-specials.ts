import { joinBits } from './block-bits';

/** Which of 64 bytes are delimiters or line endings: one bit each, the first is the lowest. */
export function findSpecials(at: usize, delimiters: v128): u64 {
  return joinBits(
    findAmong16(at, delimiters),
    findAmong16(at + 16, delimiters),
    findAmong16(at + 32, delimiters),
    findAmong16(at + 48, delimiters),
  );
}

function findAmong16(at: usize, delimiters: v128): v128 {
  const bytes = v128.load(at);
  return v128.or(
    i8x16.eq(bytes, delimiters),
    v128.or(i8x16.eq(bytes, i8x16.splat(10)), i8x16.eq(bytes, i8x16.splat(13))),
  );
}
