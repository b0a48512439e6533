/** Numbers in ascending order, in an array or not. */
export interface SortedNumbers {
  readonly length: number;
  /** @param place from 0 on; below `length`, it is a number. */
  at(place: number): number | undefined;
}

/**
 * The value below which a share of the numbers lies, interpolated linearly between neighbours.
 *
 * @param sorted ascending, without NaN.
 * @param share in [0, 1].
 * @returns NaN for an empty array.
 * @see numpy.quantile, method "linear".
 */
export function quantileOfSorted(sorted: SortedNumbers, share: number): number {
  if (sorted.length === 0) return NaN;
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const low = sorted.at(below)!;
  const high = sorted.at(Math.min(below + 1, sorted.length - 1))!;
  const t = position - below;
  if (low === high || t === 0) return low;
  return t < 0.5 ? low + (high - low) * t : high - (high - low) * (1 - t);
}

/** The cells that are not NaN, ascending. */
export function sortPresent(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value)).sort();
}
