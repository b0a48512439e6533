/**
 * The natural logarithm of a number above 0. `Math.log` may differ between engines in its last bit;
 * this does not, as it is additions and multiplications alone.
 */
export function logarithm(x: number): number {
  // x is mantissa times 2^power, the mantissa between the roots of 1/2 and 2.
  const number = Float64Array.of(x);
  const words = new Uint32Array(number.buffer);
  const high = (words[1]! + (0x3ff00000 - 0x3fe6a09e)) >>> 0;
  const power = (high >>> 20) - 0x3ff;
  words[1] = (high & 0xfffff) + 0x3fe6a09e;
  const mantissa = number[0]!;
  const ratio = (mantissa - 1) / (mantissa + 1);
  const square = ratio * ratio;
  let sum = 1 / 21;
  for (let odd = 19; odd > 0; odd -= 2) sum = sum * square + 1 / odd;
  return 2 * ratio * sum + power * 0.6931471805599453;
}
