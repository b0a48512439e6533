/**
 * The natural logarithm of a number above 0: the same additions and multiplications as the twin's, so
 * the same bits. Right to some 1e-16 of it for numbers of full precision.
 */
export function logarithm(x: f64): f64 {
  // x is mantissa times 2^power, the mantissa between the roots of 1/2 and 2.
  const bits = reinterpret<u64>(x);
  const high = <u32>(bits >> 32) + (0x3ff00000 - 0x3fe6a09e);
  const power = <f64>(<i32>(high >> 20) - 0x3ff);
  const mantissaHigh = (high & 0xfffff) + 0x3fe6a09e;
  const mantissa = reinterpret<f64>(((<u64>mantissaHigh) << 32) | (bits & 0xffffffff));
  const ratio = (mantissa - 1.0) / (mantissa + 1.0);
  const square = ratio * ratio;
  let sum = 1.0 / 21.0;
  sum = sum * square + 1.0 / 19.0;
  sum = sum * square + 1.0 / 17.0;
  sum = sum * square + 1.0 / 15.0;
  sum = sum * square + 1.0 / 13.0;
  sum = sum * square + 1.0 / 11.0;
  sum = sum * square + 1.0 / 9.0;
  sum = sum * square + 1.0 / 7.0;
  sum = sum * square + 1.0 / 5.0;
  sum = sum * square + 1.0 / 3.0;
  sum = sum * square + 1.0;
  return 2.0 * ratio * sum + power * 0.6931471805599453;
}
