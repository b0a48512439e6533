import { BIN_COUNTS, COLUMN_BINS, HAS_MISSING, MONOTONE } from '../kernels/job-layout.ts';
import type { BinnedFeature } from './binned-feature.ts';
import { CATEGORIES_PER_COLUMN } from './boosting-memory.ts';
import type { Desk } from './desk.ts';

/** A feature of categories to bin. */
export interface CategoriesToBin {
  readonly source: number;
  /** Codes, one a row. */
  readonly values: Float64Array;
  /** Those to tell apart, ascending; at least one. */
  readonly codes: Int32Array;
  /** The first of its columns of bins. */
  readonly column: number;
}

/** Write the columns of bins of a feature of categories. */
export function binCategories(desk: Desk, feature: CategoriesToBin): BinnedFeature {
  const { source, values, codes, column } = feature;
  const { bytes, words } = desk.bench.memory;
  const places = new Int32Array(codes.at(-1)! + 1).fill(codes.length);
  codes.forEach((code, place) => (places[code] = place));
  const placeOf = (code: number) => places[code] ?? codes.length;
  const columnCount = Math.ceil(codes.length / CATEGORIES_PER_COLUMN);
  for (let part = 0; part < columnCount; part++) {
    const first = part * CATEGORIES_PER_COLUMN;
    const others = Math.min(codes.length - first, CATEGORIES_PER_COLUMN);
    const bins = desk.addressOf(COLUMN_BINS) + (column + part) * values.length;
    for (let row = 0; row < values.length; row++) {
      const bin = placeOf(values[row]!) - first;
      bytes[bins + row] = bin >= 0 && bin < others ? bin : others;
    }
    words[(desk.addressOf(BIN_COUNTS) >>> 2) + column + part] = others;
    bytes[desk.addressOf(HAS_MISSING) + column + part] = 0;
    bytes[desk.addressOf(MONOTONE) + column + part] = 0;
  }
  const placeOfRow = columnCount > 1 ? Int32Array.from(values, placeOf) : undefined;
  const categories = { codes, columnCount, placeOfRow };
  return { source, column, tops: new Float64Array(0), direction: 0, categories };
}
