/** How many numbers there are, their mean, and their spread. */
export interface Moments {
  /** Cells that are not missing. */
  readonly count: number;
  /** NaN when there are none. */
  readonly mean: number;
  /** Mean squared distance from the mean, divided by n; NaN when there are none. */
  readonly variance: number;
}

/** Count, mean and population variance of the cells that are not NaN, in two passes. */
export function measureMoments(values: Float64Array): Moments {
  let count = 0;
  let sum = 0;
  let lost = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) continue;
    count++;
    // Neumaier's compensation: a million amounts around 1e12 keep their last digits.
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  const mean = (sum + lost) / count;
  let squares = 0;
  let drift = 0;
  for (let row = 0; row < values.length; row++) {
    const distance = values[row]! - mean;
    if (Number.isNaN(distance)) continue;
    squares += distance * distance;
    drift += distance;
  }
  return { count, mean, variance: (squares - (drift * drift) / count) / count };
}

/**
 * Whether the spread is no more than rounding makes of a constant.
 *
 * @see Chan, Golub, LeVeque, "Algorithms for computing the sample variance" (1983).
 */
export function isConstant({ count, mean, variance }: Moments): boolean {
  const rounding = count * mean * Number.EPSILON;
  return variance <= count * Number.EPSILON * variance + rounding * rounding;
}
