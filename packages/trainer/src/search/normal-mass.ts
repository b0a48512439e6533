const continuedFractionFrom = 3.5;

/**
 * The probability that a standard normal draw lies in [from, to], accurate to about 1e-11 of itself
 * also far out, where a difference of two distribution functions would be rounding error.
 */
export function normalMass(from: number, to: number): number {
  if (from > 0) return upperTail(from) - upperTail(to);
  if (to < 0) return upperTail(-to) - upperTail(-from);
  return 1 - upperTail(to) - upperTail(-from);
}

/** P(Z > z) for z >= 0. */
function upperTail(z: number): number {
  if (z === Infinity) return 0;
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  return z < continuedFractionFrom ? 0.5 - density * seriesFactor(z) : density * tailFraction(z);
}

/** z + z^3/3 + z^5/(3*5) + ...: the mass from 0 to z over the density at z. */
function seriesFactor(z: number): number {
  let term = z;
  let sum = z;
  for (let k = 3; term > 1e-17 * sum; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return sum;
}

/** 1/(z + 1/(z + 2/(z + 3/(z + ...)))): Mills' ratio (Laplace). */
function tailFraction(z: number): number {
  let fraction = 0;
  for (let k = 45; k >= 1; k--) fraction = k / (z + fraction);
  return 1 / (z + fraction);
}
