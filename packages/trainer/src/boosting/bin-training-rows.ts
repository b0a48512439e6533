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
import { binCategories } from './bin-categories.ts';
import type { BinnedFeature } from './binned-feature.ts';
import { chooseBinTops } from './bin-tops.ts';
import type { BoostingSettings } from './boosting-settings.ts';
import { JOB } from './boosting-memory.ts';
import type { CategoryChoice } from './choose-categories.ts';
import type { Desk } from './desk.ts';
import { sampleValues } from './sample-values.ts';

/** What to bin. */
export interface RowsToBin {
  readonly matrix: FeatureMatrix;
  readonly settings: Pick<BoostingSettings, 'maxBins' | 'monotone'>;
  /** Those of each feature; undefined for a number. */
  readonly categories: CategoryChoice;
}

/**
 * Bin the features that have more than one value into the desk's memory; leave the others out.
 *
 * @returns those of numbers, whose places are those of their columns of bins, and then those of
 *   categories.
 */
export function binTrainingRows(desk: Desk, rows: RowsToBin): readonly BinnedFeature[] {
  const { matrix, categories } = rows;
  const features = binNumbers(desk, rows);
  let column = features.length;
  matrix.columns.forEach((values, source) => {
    const codes = categories[source];
    const isConstant = codes?.length === 1 && values.every((value) => value === codes[0]);
    if (codes === undefined || codes.length === 0 || isConstant) return;
    const feature = binCategories(desk, { source, values, codes, column });
    features.push(feature);
    column += feature.categories!.columnCount;
  });
  desk.write(JOB, STRIDE, column);
  desk.crew.run('transposeBins', {
    extent: matrix.rowCount,
    grain: 4 * BLOCK_ROWS,
    align: BLOCK_ROWS,
  });
  return features;
}

function binNumbers(desk: Desk, { matrix, settings, categories }: RowsToBin): BinnedFeature[] {
  const { maxBins, monotone } = settings;
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
    if (categories[source] !== undefined) return;
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
    features.push({ source, column: feature, tops: borders, direction, categories: undefined });
  });
  desk.write(JOB, COLUMN_BINS, columnBins);
  return features;
}
