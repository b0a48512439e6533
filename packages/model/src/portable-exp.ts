const INVERSE_LN2 = 1.4426950408889634;
// ln 2 in two parts: the first has zeros in its low bits, so that its product with a whole number
// below 2^11 is exact.
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/**
 * e to the power of `x`, to about one unit in the last place, with the same bits on every engine.
 *
 * `Math.exp` is left to each engine, whose last bits differ: a model would score differently in Node
 * and in a browser. Here only additions and multiplications take part, which IEEE 754 fixes.
 *
 * @param x any number; below about -745 the answer is 0, above about 709.78 Infinity.
 */
export function portableExp(x: number): number {
  if (x !== x) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  const power = Math.round(x * INVERSE_LN2);
  const rest = x - power * LN2_HIGH - power * LN2_LOW;
  // |rest| <= 0.3466, where the next term of the series is below 2^-57.
  let sum = 1 / 6227020800;
  sum = sum * rest + 1 / 479001600;
  sum = sum * rest + 1 / 39916800;
  sum = sum * rest + 1 / 3628800;
  sum = sum * rest + 1 / 362880;
  sum = sum * rest + 1 / 40320;
  sum = sum * rest + 1 / 5040;
  sum = sum * rest + 1 / 720;
  sum = sum * rest + 1 / 120;
  sum = sum * rest + 1 / 24;
  sum = sum * rest + 1 / 6;
  sum = sum * rest + 0.5;
  return scaleByPowerOfTwo(1 + (rest + rest * rest * sum), power);
}

/** `value` x 2^power, rounded once: the factors are exact, and only the last may underflow. */
function scaleByPowerOfTwo(value: number, power: number): number {
  let scaled = value;
  let left = power;
  while (left > 512) {
    scaled *= 2 ** 512;
    left -= 512;
  }
  while (left < -512) {
    scaled *= 2 ** -512;
    left += 512;
  }
  let factor = 1;
  let base = left < 0 ? 0.5 : 2;
  for (let bits = Math.abs(left); bits > 0; bits >>= 1) {
    if (bits & 1) factor *= base;
    base *= base;
  }
  return scaled * factor;
}
