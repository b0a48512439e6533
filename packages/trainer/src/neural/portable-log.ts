const LN2 = 0.6931471805599453;
const SQRT2 = 1.4142135623730951;

/**
 * The natural logarithm of a share, to about one unit in the last place, with the same bits on every
 * engine, which `Math.log` has not.
 *
 * @param x a normal number above 0, up to 1.
 */
export function portableLog(x: number): number {
  let mantissa = x;
  let exponent = 0;
  for (let step = 512; step >= 1; step /= 2) {
    if (mantissa >= 2 ** -step) continue;
    mantissa *= 2 ** step;
    exponent -= step;
  }
  if (mantissa < SQRT2 / 2) {
    mantissa *= 2;
    exponent--;
  }
  // log m = 2 artanh((m - 1) / (m + 1)), whose series ends early as |m - 1| / (m + 1) < 0.172.
  const ratio = (mantissa - 1) / (mantissa + 1);
  const square = ratio * ratio;
  let sum = 0;
  for (let odd = 23; odd >= 3; odd -= 2) sum = (sum + 1 / odd) * square;
  return exponent * LN2 + 2 * (ratio + ratio * sum);
}
