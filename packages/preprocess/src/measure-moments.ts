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
  const total = openSum();
  addToSum(total, values);
  const mean = meanOfSum(total);
  const { count } = total;
  return { count, mean, variance: measureDistances(values, mean).squares / count };
}

/** A sum that keeps its last digits. */
export interface CompensatedSum {
  count: number;
  sum: number;
  /** What `sum` lost to rounding. */
  lost: number;
}

/** The sum of no number. */
export function openSum(): CompensatedSum {
  return { count: 0, sum: 0, lost: 0 };
}

/** The mean of all numbers added; NaN when there are none. */
export function meanOfSum({ count, sum, lost }: CompensatedSum): number {
  return (sum + lost) / count;
}

/**
 * Add the cells that are not NaN.
 *
 * @see Neumaier's compensation: a million amounts around 1e12 keep their last digits.
 */
export function addToSum(total: CompensatedSum, values: Float64Array): void {
  let { count, sum, lost } = total;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) continue;
    count++;
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  total.count = count;
  total.sum = sum;
  total.lost = lost;
}

/** How far numbers lie from one that is near their mean. */
export interface Distances {
  /** The mean distance from that number. */
  readonly offset: number;
  /** The sum of the squared distances from the mean. */
  readonly squares: number;
}

/**
 * Measure the distances of the cells that are not NaN.
 *
 * @param near their mean, but for rounding.
 */
export function measureDistances(values: Float64Array, near: number): Distances {
  let count = 0;
  let squares = 0;
  let drift = 0;
  for (let row = 0; row < values.length; row++) {
    const distance = values[row]! - near;
    if (Number.isNaN(distance)) continue;
    count++;
    squares += distance * distance;
    drift += distance;
  }
  return { offset: drift / count, squares: squares - (drift * drift) / count };
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
