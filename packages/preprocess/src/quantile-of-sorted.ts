/**
 * The value below which a share of the numbers lies, interpolated linearly between neighbours.
 *
 * @param sorted ascending, without NaN.
 * @param share in [0, 1].
 * @returns NaN for an empty array.
 * @see numpy.quantile, method "linear".
 */
export function quantileOfSorted(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return NaN;
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  const t = position - below;
  if (low === high || t === 0) return low;
  return t < 0.5 ? low + (high - low) * t : high - (high - low) * (1 - t);
}

/** The cells that are not NaN, ascending. */
export function sortPresent(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value)).sort();
}
