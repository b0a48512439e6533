import type { FeatureMatrix } from '@gnu-mlops/preprocess';
import {
  BIN_COUNTS,
  BIN_TOPS,
  BLOCK_ROWS,
  COLUMN_BINS,
  HAS_MISSING,
  MISSING_BIN,
  MONOTONE,
  ORDERED,
  PACKED,
  STRIDE,
  VALUES,
} from '../kernels/job-layout.ts';
import { chooseBinTops } from './bin-tops.ts';
import type { BoostingSettings } from './boosting-settings.ts';
import { JOB } from './boosting-memory.ts';
import type { Desk } from './desk.ts';
import { sampleValues } from './sample-values.ts';

/** A feature that can split rows. */
export interface BinnedFeature {
  /** Its place in the matrix. */
  readonly source: number;
  /** Borders between its bins, ascending. */
  readonly tops: Float64Array;
  /** 1, -1 or 0: scores may only rise with it, only fall, or do both. */
  readonly direction: number;
}

/** Bin the features that have more than one value into the desk's memory; leave the others out. */
export function binTrainingRows(
  desk: Desk,
  matrix: FeatureMatrix,
  { maxBins, monotone }: Pick<BoostingSettings, 'maxBins' | 'monotone'>,
): readonly BinnedFeature[] {
  const { memory, kernels } = desk.bench;
  const { bytes, words, doubles } = memory;
  const { rowCount } = matrix;
  const packed = desk.addressOf(PACKED);
  const columnBins = desk.addressOf(COLUMN_BINS);
  const tops = desk.addressOf(BIN_TOPS) >>> 3;
  const room = { kernels, memory, keys: packed, spare: desk.addressOf(ORDERED) };
  const features: BinnedFeature[] = [];
  desk.write(JOB, VALUES, packed);
  matrix.columns.forEach((column, source) => {
    const borders = chooseBinTops(sampleValues(column, room), maxBins);
    if (borders.length === 0 && !column.includes(NaN)) return;
    const feature = features.length;
    const missing = borders.length + 1;
    const bins = columnBins + feature * rowCount;
    doubles.fill(Infinity, tops, tops + 256);
    doubles.set(borders, tops);
    doubles.set(column, packed >>> 3);
    desk.write(JOB, COLUMN_BINS, bins);
    desk.write(JOB, MISSING_BIN, missing);
    desk.crew.run('binValues', { extent: rowCount, grain: 4 * BLOCK_ROWS, align: BLOCK_ROWS });
    words[(desk.addressOf(BIN_COUNTS) >>> 2) + feature] = missing;
    bytes[desk.addressOf(HAS_MISSING) + feature] = bytes
      .subarray(bins, bins + rowCount)
      .includes(missing)
      ? 1
      : 0;
    const direction = monotone[source] ?? 0;
    bytes[desk.addressOf(MONOTONE) + feature] = direction;
    features.push({ source, tops: borders, direction });
  });
  desk.write(JOB, COLUMN_BINS, columnBins);
  desk.write(JOB, STRIDE, features.length);
  desk.crew.run('transposeBins', { extent: rowCount, grain: 4 * BLOCK_ROWS, align: BLOCK_ROWS });
  return features;
}
