/**
 * The exponent of the Yeo-Johnson transform under which numbers look most like a normal
 * distribution: where the log-likelihood's slope is 0, to the last digits that a double has room
 * for. (scikit-learn's search compares likelihoods, whose last eight digits say nothing any more.)
 *
 * @param values finite, at least two different ones.
 * @returns within {@link powerBounds}.
 * @see Yeo and Johnson, "A new family of power transformations" (2000).
 */
export function fitPower(values: Float64Array): number {
  const slope = createSlope(values);
  const [least, most] = powerBounds(values);
  let low = Math.max(-2, least);
  let high = Math.min(2, most);
  while (low > least && slope(low) < 0) low = Math.max(2 * low, least);
  while (high < most && slope(high) > 0) high = Math.min(2 * high, most);
  return findRoot(slope, low, high);
}

/**
 * Exponents whose transform can be computed: it does not overflow, and for values of one sign far
 * from 0, which strong powers press together, it leaves nine digits to tell them apart.
 */
export function powerBounds(values: Float64Array): readonly [least: number, most: number] {
  let smallest = Infinity;
  let largest = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (values[i]! < smallest) smallest = values[i]!;
    if (values[i]! > largest) largest = values[i]!;
  }
  // Tiny values are bent by large exponents only.
  const widest = Math.min(1e150, 64 / Math.min(1, Math.log1p(Math.max(-smallest, largest))));
  const least = smallest > 0 ? -16 / Math.log1p(smallest) : -widest;
  const most = largest > 0 ? 300 / Math.log1p(largest) : widest;
  // Below 0 the power is 2 less the exponent, so that the bounds are reflected.
  const leastBelow = smallest < 0 ? 2 - 300 / Math.log1p(-smallest) : -widest;
  const mostBelow = largest < 0 ? 2 + 16 / Math.log1p(-largest) : widest;
  return [Math.max(-widest, least, leastBelow), Math.min(widest, most, mostBelow)];
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
  let jacobian = 0;
  for (let i = 0; i < values.length; i++) jacobian += values[i]! < 0 ? -logs[i]! : logs[i]!;
  jacobian /= values.length;
  const mixed = createMixedSlope(values, logs);
  const isNegative = values[0]! < 0;
  const oneSided = values.every((value) => value < 0 === isNegative)
    ? createOneSidedSlope(values)
    : undefined;

  // Around tiny values, whose logarithms the powers' reciprocals would swallow, there is nothing to drown.
  const scale = Math.min(1, Math.abs(jacobian));

  return (lambda) => {
    const power = isNegative ? 2 - lambda : lambda;
    const slope =
      oneSided !== undefined && Math.abs(power) * scale > 0.1
        ? jacobian - (isNegative ? -oneSided(power) : oneSided(power))
        : jacobian - mixed(lambda);
    // Beyond what doubles hold the way back leads to 1, where nothing is transformed.
    return Number.isFinite(slope) ? slope : 1 - lambda;
  };
}

/** Half the derivative of the logarithm of the transformed values' variance, by the exponent. */
function createMixedSlope(values: Float64Array, logs: Float64Array): (lambda: number) => number {
  const transformed = new Float64Array(values.length);
  const changes = new Float64Array(values.length);
  return (lambda) => {
    for (let i = 0; i < values.length; i++) {
      const isNegative = values[i]! < 0;
      const power = isNegative ? 2 - lambda : lambda;
      const log = logs[i]!;
      const result = powerOfLog(log, power);
      transformed[i] = isNegative ? -result : result;
      // For small powers the quotient would lose its digits; the series' first terms have them all.
      // Below 0 the power falls as lambda rises, and so does what is taken from 0: the same sign.
      const x = log * power;
      changes[i] =
        Math.abs(x) < 1e-3
          ? log * log * (0.5 + x / 3 + (x * x) / 8 + (x * x * x) / 30)
          : (log * (1 + result * power) - result) / power;
    }
    return covarianceRatio(transformed, changes);
  };
}

/**
 * The same by the power, for values of one sign: of exp(power * log), whose digits do not drown in
 * the constant that the transform subtracts. Logarithms are taken from the mean value's.
 */
function createOneSidedSlope(values: Float64Array): (power: number) => number {
  const center = Math.abs(values.reduce((sum, value) => sum + value / values.length, 0));
  const logCenter = Math.log1p(center);
  const logs = values.map((value) => {
    const amount = Math.abs(value);
    // The quotient has the digits of values near the centre, and none of those far below a huge one.
    return 2 * amount < center
      ? Math.log1p(amount) - logCenter
      : Math.log1p((amount - center) / (1 + center));
  });
  const shifted = new Float64Array(values.length);
  const changes = new Float64Array(values.length);
  return (power) => {
    for (let i = 0; i < values.length; i++) {
      const x = power * logs[i]!;
      shifted[i] = Math.expm1(x);
      changes[i] = logs[i]! * (shifted[i]! + 1);
    }
    return logCenter + covarianceRatio(shifted, changes) - 1 / power;
  };
}

/** The covariance of two columns over the variance of the first. */
function covarianceRatio(x: Float64Array, y: Float64Array): number {
  let meanX = 0;
  let meanY = 0;
  for (let i = 0; i < x.length; i++) {
    meanX += x[i]!;
    meanY += y[i]!;
  }
  meanX /= x.length;
  meanY /= x.length;
  let variance = 0;
  let covariance = 0;
  for (let i = 0; i < x.length; i++) {
    const distance = x[i]! - meanX;
    variance += distance * distance;
    covariance += distance * (y[i]! - meanY);
  }
  return covariance / variance;
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
