import { WHOLE_POWERS } from '../src/kernels/format-layout';

export const POINT: u32 = 46;

/** 10 to the power of 0 to 19. */
export function wholePower(powers: usize, exponent: u32): u64 {
  return load<u64>(powers + ((<usize>exponent) << 3), WHOLE_POWERS);
}

/** How many digits a number from 1 to 10^19 - 1 has. */
export function countDigits(value: u64, powers: usize): u32 {
  // 1233 / 4096 is the logarithm of 2 to the base of 10, a little more.
  const least = ((64 - <u32>clz(value)) * 1233) >> 12;
  return least + u32(value >= wholePower(powers, least));
}

/** The sixteen digits of two numbers below 10^8, one in each byte. */
export function sixteenDigits(upper: u32, lower: u32): v128 {
  const upperHalf = upper / 10_000;
  const lowerHalf = lower / 10_000;
  let fours = i32x4.splat(upperHalf);
  fours = i32x4.replace_lane(fours, 1, upper - upperHalf * 10_000);
  fours = i32x4.replace_lane(fours, 2, lowerHalf);
  fours = i32x4.replace_lane(fours, 3, lower - lowerHalf * 10_000);
  // A product and a shift divide numbers below 10,000 by 100, and those below 100 by 10.
  const hundreds = i32x4.shr_u(i32x4.mul(fours, i32x4.splat(5243)), 19);
  const rest = i32x4.sub(fours, i32x4.mul(hundreds, i32x4.splat(100)));
  const pairs = v128.or(hundreds, i32x4.shl(rest, 16));
  const tens = i16x8.shr_u(i16x8.mul(pairs, i16x8.splat(103)), 10);
  const ones = i16x8.sub(pairs, i16x8.mul(tens, i16x8.splat(10)));
  return v128.or(tens, i16x8.shl(ones, 8));
}

/** Bytes from the given one on, then zeros. */
export function bytesFrom(bytes: v128, first: u32): v128 {
  const places = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  return i8x16.swizzle(bytes, i8x16.add(places, i8x16.splat(<i8>first)));
}
