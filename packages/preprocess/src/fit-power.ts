/** A range of exponents that no column of finite numbers of this size needs to leave. */
const bounds = [-64, 64] as const;

/**
 * The exponent of the Yeo-Johnson transform under which numbers look most like a normal
 * distribution: where the log-likelihood's slope is 0, to the last digits that a double has room
 * for. (scikit-learn's search compares likelihoods, whose last eight digits say nothing any more.)
 *
 * @param values finite, at least two different ones.
 * @see Yeo and Johnson, "A new family of power transformations" (2000).
 */
export function fitPower(values: Float64Array): number {
  const slope = createSlope(values);
  let low = -2;
  let high = 2;
  while (low > bounds[0] && slope(low) < 0) low *= 2;
  while (high < bounds[1] && slope(high) > 0) high *= 2;
  return findRoot(slope, low, high);
}

/** One number, transformed. */
export function powerOf(value: number, lambda: number): number {
  if (value >= 0) return powerOfLog(Math.log1p(value), lambda);
  return -powerOfLog(Math.log1p(-value), 2 - lambda);
}

/** (exp(log * power) - 1) / power, and its limit where the power is 0. */
function powerOfLog(log: number, power: number): number {
  return power === 0 ? log : Math.expm1(log * power) / power;
}

/** The derivative of the log-likelihood by the exponent, divided by the number of values. */
function createSlope(values: Float64Array): (lambda: number) => number {
  const logs = values.map((value) => Math.log1p(Math.abs(value)));
  const count = values.length;
  let jacobian = 0;
  for (let i = 0; i < count; i++) jacobian += values[i]! < 0 ? -logs[i]! : logs[i]!;
  const transformed = new Float64Array(count);
  const changes = new Float64Array(count);

  return (lambda) => {
    let sum = 0;
    let sumOfChanges = 0;
    for (let i = 0; i < count; i++) {
      const isNegative = values[i]! < 0;
      const power = isNegative ? 2 - lambda : lambda;
      const log = logs[i]!;
      const result = powerOfLog(log, power);
      // For small powers the quotient would lose its digits; the series' first terms have them all.
      const x = log * power;
      const change =
        Math.abs(x) < 1e-3
          ? log * log * (0.5 + x / 3 + (x * x) / 8 + (x * x * x) / 30)
          : (log * (1 + result * power) - result) / power;
      transformed[i] = isNegative ? -result : result;
      // A negative value's power falls as lambda rises, and so does what is taken from 0.
      changes[i] = change;
      sum += transformed[i]!;
      sumOfChanges += change;
    }
    const mean = sum / count;
    const meanChange = sumOfChanges / count;
    let variance = 0;
    let covariance = 0;
    for (let i = 0; i < count; i++) {
      const distance = transformed[i]! - mean;
      variance += distance * distance;
      covariance += distance * (changes[i]! - meanChange);
    }
    const slope = jacobian / count - covariance / variance;
    // Beyond what doubles hold the way back leads to 1, where nothing is transformed.
    return Number.isFinite(slope) ? slope : 1 - lambda;
  };
}

/**
 * Where a falling function crosses 0, between two bounds.
 *
 * @see Dekker, "Finding a zero by means of successive linear interpolation" (1969): secants, and
 *   bisection where they do not shrink the bracket; here in the Illinois form.
 */
function findRoot(slope: (lambda: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  let [atLow, atHigh] = [slope(low), slope(high)];
  if (!(atLow > 0)) return low;
  if (!(atHigh < 0)) return high;
  let last = 0;
  for (let round = 0; round < 200 && high - low > 1e-14 * Math.max(1, Math.abs(low)); round++) {
    const secant = (low * atHigh - high * atLow) / (atHigh - atLow);
    const isInside = secant > low && secant < high && round % 8 !== 7;
    const middle = isInside ? secant : (low + high) / 2;
    const at = slope(middle);
    if (at === 0) return middle;
    // An end that stays twice in a row counts half, so that the next secant reaches beyond the root.
    if (at > 0) {
      [low, atLow] = [middle, at];
      if (last > 0) atHigh /= 2;
    } else {
      [high, atHigh] = [middle, at];
      if (last < 0) atLow /= 2;
    }
    last = at;
  }
  return (low + high) / 2;
}
