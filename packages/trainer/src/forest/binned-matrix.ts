import type { FeatureMatrix } from '@gnu-mlops/preprocess';

/** The bin of a missing value; values have bins 0 to 254. */
export const MISSING_BIN = 255;

/** Bins a feature can have, the missing one included: the width of its row in the value tables. */
export const BIN_SLOTS = 256;

/** A feature matrix with one byte a cell: what the forest learns from. */
export interface BinnedMatrix {
  readonly rowCount: number;
  readonly featureCount: number;
  /** Column-major: the bin of `row` is `bins[feature * rowCount + row]`. */
  readonly bins: Uint8Array;
  /** Length featureCount: how many value bins a feature has, 0 where all is missing. */
  readonly binCounts: Int32Array;
  /** featureCount x 256, row-major: the smallest and the largest value seen in a bin. */
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
}

/**
 * Sort every feature's values into at most `maxBins` bins of about equal weight.
 *
 * A feature with no more distinct values than that gets one bin a value, so that its splits are
 * exact. Categorical codes are taken as numbers. Values must not be infinite.
 *
 * @param options.maxBins in [2, 255].
 * @param options.weights one a row, not negative; a weight of 2 counts as the row twice.
 */
export function binFeatures(
  matrix: FeatureMatrix,
  options: { readonly maxBins: number; readonly weights: Float64Array },
): BinnedMatrix {
  const { rowCount } = matrix;
  const featureCount = matrix.columns.length;
  const bins = new Uint8Array(featureCount * rowCount);
  const binCounts = new Int32Array(featureCount);
  const lowest = new Float64Array(featureCount * BIN_SLOTS);
  const highest = new Float64Array(featureCount * BIN_SLOTS);

  matrix.columns.forEach((column, feature) => {
    const distinct = distinctValues(column);
    const binOfDistinct =
      distinct.length <= options.maxBins
        ? Uint8Array.from(distinct.keys())
        : spreadOverBins(weightsOf(distinct, column, options.weights), options.maxBins);
    const slots = feature * BIN_SLOTS;
    distinct.forEach((value, i) => {
      const bin = binOfDistinct[i]!;
      if (i === 0 || bin !== binOfDistinct[i - 1]) lowest[slots + bin] = value;
      highest[slots + bin] = value;
    });
    binCounts[feature] = distinct.length === 0 ? 0 : binOfDistinct.at(-1)! + 1;
    const tops = highest.subarray(slots, slots + binCounts[feature]);
    const base = feature * rowCount;
    for (let row = 0; row < rowCount; row++) {
      const value = column[row]!;
      bins[base + row] = Number.isNaN(value) ? MISSING_BIN : firstAtLeast(tops, value);
    }
  });
  return { rowCount, featureCount, bins, binCounts, lowest, highest };
}

/** Ascending, missing values left out. */
function distinctValues(column: Float64Array): Float64Array {
  const sorted = column.slice().sort();
  let count = 0;
  for (const value of sorted) {
    if (Number.isNaN(value)) break;
    if (count === 0 || value !== sorted[count - 1]) sorted[count++] = value;
  }
  return sorted.slice(0, count);
}

/** The rows' weights summed over each distinct value. */
function weightsOf(
  distinct: Float64Array,
  column: Float64Array,
  rowWeights: Float64Array,
): Float64Array {
  const weights = new Float64Array(distinct.length);
  column.forEach((value, row) => {
    if (!Number.isNaN(value)) weights[firstAtLeast(distinct, value)]! += rowWeights[row]!;
  });
  return weights;
}

/** The bin of each distinct value: ascending from 0 without a gap. */
function spreadOverBins(weights: Float64Array, maxBins: number): Uint8Array {
  const binOfDistinct = new Uint8Array(weights.length);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  let bin = -1;
  let previousShare = -1;
  for (let i = 0; i < weights.length; i++) {
    const middle = before + weights[i]! / 2;
    const share = Math.min(maxBins - 1, Math.floor((middle / total) * maxBins));
    if (share !== previousShare) bin++;
    previousShare = share;
    binOfDistinct[i] = bin;
    before += weights[i]!;
  }
  return binOfDistinct;
}

/** The index of the first of the ascending `bounds` that is at least `value`; the last at most. */
function firstAtLeast(bounds: Float64Array, value: number): number {
  let low = 0;
  let high = bounds.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= bounds[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}
