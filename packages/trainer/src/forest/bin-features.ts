import type { FeatureMatrix } from '@gnu-mlops/preprocess';
import {
  BIN_TOPS,
  COLUMN_BINS,
  MISSING_BIN,
  ROWS,
  ROW_BINS,
  STRIDE,
  VALUES,
} from '../kernels/job-layout.ts';
import { MISSING } from '../kernels/forest-layout.ts';
import type { OpenKernels } from '../kernels/open-kernels.ts';
import { BINNING_JOB, type ForestMemory } from './forest-memory.ts';
import type { BinPlan } from './forest-plan.ts';

/** Rows that the bins of a feature are chosen from at most, spread evenly over all of them. */
const SAMPLE_ROWS = 200_000;

/** The smallest and the largest value of each bin of a feature, ascending. */
export interface BinBounds {
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
}

/**
 * Sort every feature's values into at most `maxBins` bins of about equal weight, and write them to the
 * forest's memory.
 *
 * A feature with no more distinct values than that gets one bin a value, so that its splits are
 * exact. Categorical codes are taken as numbers. Values must not be infinite.
 *
 * @returns one entry a feature.
 */
export function binFeatures(
  { kernels, memory }: OpenKernels,
  layout: ForestMemory,
  { matrix, bins }: { readonly matrix: FeatureMatrix; readonly bins: BinPlan },
): BinBounds[] {
  const { bytes, words, unsigned, doubles } = memory;
  const { rowCount } = matrix;
  const { stats: values, spareStats: spare } = layout.seats[0]!;
  const write = (field: number, value: number) => (unsigned[(BINNING_JOB + field) >>> 2] = value);
  write(ROWS, rowCount);
  write(STRIDE, matrix.columns.length);
  write(ROW_BINS, layout.rowBins);
  write(VALUES, values);
  write(BIN_TOPS, layout.binTops);
  write(MISSING_BIN, MISSING);

  const bounds = matrix.columns.map((column, feature) => {
    const counted = countValues(column, bins.weights, (sample) => {
      doubles.set(sample, values >>> 3);
      kernels.sortDoubles(values, spare, sample.length);
      return doubles.subarray(values >>> 3, (values >>> 3) + sample.length);
    });
    const binned = chooseBins(counted, bins.maxBins);
    const tops = layout.binTops >>> 3;
    doubles.fill(Infinity, tops, tops + 256);
    doubles.set(binned.highest.subarray(0, -1), tops);
    const columnBins = layout.columnBins + feature * rowCount;
    write(COLUMN_BINS, columnBins);
    doubles.set(column, values >>> 3);
    kernels.binValues(BINNING_JOB, 0, rowCount);
    words[(layout.binCounts >>> 2) + feature] = binned.lowest.length;
    if (rowCount > SAMPLE_ROWS) {
      widen(binned, column, bytes.subarray(columnBins, columnBins + rowCount));
    }
    return binned;
  });
  write(COLUMN_BINS, layout.columnBins);
  kernels.transposeBins(BINNING_JOB, 0, rowCount);
  return bounds;
}

/** Distinct values, ascending, and the weight of each. */
interface ValueWeights {
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

function countValues(
  column: Float64Array,
  rowWeights: Float64Array,
  sort: (values: Float64Array) => Float64Array,
): ValueWeights {
  const { length } = column;
  const sampled = Math.min(length, SAMPLE_ROWS);
  const sample = new Float64Array(sampled);
  const sampleWeights = new Float64Array(sampled);
  let count = 0;
  let isEven = true;
  for (let i = 0; i < sampled; i++) {
    const row = sampled === length ? i : Math.floor((i * length) / sampled);
    const value = column[row]!;
    if (value !== value) continue;
    sample[count] = value;
    sampleWeights[count++] = rowWeights[row]!;
    isEven &&= rowWeights[row] === sampleWeights[0];
  }
  const given = sample.subarray(0, count);
  const sorted = sort(given);
  const values = new Float64Array(count);
  const weights = new Float64Array(count);
  let distinct = 0;
  for (const value of sorted) {
    if (distinct === 0 || value !== values[distinct - 1]) values[distinct++] = value;
    weights[distinct - 1]! += 1;
  }
  const counted = { values: values.subarray(0, distinct), weights: weights.subarray(0, distinct) };
  if (!isEven) {
    counted.weights.fill(0);
    given.forEach((value, i) => {
      counted.weights[firstAtLeast(counted.values, value)]! += sampleWeights[i]!;
    });
  }
  return counted;
}

function chooseBins({ values, weights }: ValueWeights, maxBins: number): BinBounds {
  if (values.length <= maxBins) return { lowest: values.slice(), highest: values.slice() };
  const lowest: number[] = [];
  const highest: number[] = [];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  let previousShare = -1;
  for (let i = 0; i < values.length; i++) {
    const middle = before + weights[i]! / 2;
    const share = Math.min(maxBins - 1, Math.floor((middle / total) * maxBins));
    if (share !== previousShare) lowest.push(values[i]!);
    highest[lowest.length - 1] = values[i]!;
    previousShare = share;
    before += weights[i]!;
  }
  return { lowest: Float64Array.from(lowest), highest: Float64Array.from(highest) };
}

/** Let each bin reach as far as the rows that the sample left out. */
function widen({ lowest, highest }: BinBounds, column: Float64Array, bins: Uint8Array): void {
  for (let row = 0; row < column.length; row++) {
    const bin = bins[row]!;
    const value = column[row]!;
    if (value < lowest[bin]!) lowest[bin] = value;
    if (value > highest[bin]!) highest[bin] = value;
  }
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
