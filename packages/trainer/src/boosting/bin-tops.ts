/** Rows that the bins of a feature are chosen from, spread evenly over all of them. */
export const SAMPLE_ROWS = 50_000;

/** Distinct values, ascending, and how many rows have each. */
export interface ValueCounts {
  readonly values: Float64Array;
  readonly counts: Float64Array;
}

/**
 * Choose the borders between a feature's bins, so that the bins hold about equally many rows: each
 * lies midway between two neighbouring values. Few distinct values get a bin each.
 *
 * @returns ascending, fewer than `maxBins`; a value belongs to the first bin whose border is not
 *   below it, and to the bin after the last where there is none.
 */
export function chooseBinTops({ values, counts }: ValueCounts, maxBins: number): Float64Array {
  const tops: number[] = [];
  let rowsLeft = 0;
  for (const count of counts) rowsLeft += count;
  let fair = rowsLeft / maxBins;
  let inBin = 0;
  for (let i = 0; i + 1 < values.length && tops.length + 1 < maxBins; i++) {
    inBin += counts[i]!;
    const valuesLeft = values.length - i;
    const isFull = inBin >= fair || (counts[i + 1]! >= fair && inBin >= fair / 2);
    if (isFull || valuesLeft <= maxBins - tops.length) {
      tops.push(middle(values[i]!, values[i + 1]!));
      rowsLeft -= inBin;
      inBin = 0;
      fair = rowsLeft / (maxBins - tops.length);
    }
  }
  return Float64Array.from(tops);
}

/** Halfway from `low` to the larger `high`, and below the latter. */
function middle(low: number, high: number): number {
  const half = low / 2 + high / 2;
  return half < high ? Math.max(half, low) : low;
}

/** Count ascending values. */
export function countSorted(sorted: ArrayLike<number>): ValueCounts {
  const values = new Float64Array(sorted.length);
  const counts = new Float64Array(sorted.length);
  let distinct = 0;
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i]!;
    if (distinct === 0 || value !== values[distinct - 1]) values[distinct++] = value;
    counts[distinct - 1]!++;
  }
  return { values: values.subarray(0, distinct), counts: counts.subarray(0, distinct) };
}
