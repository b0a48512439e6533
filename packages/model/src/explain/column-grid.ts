import {
  type CellValue,
  type Column,
  cellValue,
  columnLength,
  createColumnBuilder,
  isMissing,
  signatureType,
} from '@gnu-mlops/core';

/** Where the grid of a column of amounts begins and ends: these shares of its values lie below. */
const QUANTILES = [0.05, 0.95] as const;

/**
 * The values of a column to try out, ascending: all there are where these are at most `size`, and
 * else, for amounts, `size` evenly spaced ones between the 5th and the 95th percentile (of times,
 * whole milliseconds). Texts and booleans give all there are, the most frequent first. Missing cells
 * are left out.
 */
export function columnGrid(column: Column, size: number): CellValue[] {
  const counts = new Map<CellValue, number>();
  for (let row = 0, end = columnLength(column); row < end; row++) {
    if (isMissing(column, row)) continue;
    const value = cellValue(column, row);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  if (column.kind === 'categorical' || column.kind === 'text' || column.kind === 'boolean') {
    return [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => value);
  }
  const distinct = [...counts.keys()] as number[];
  if (distinct.length <= size) return distinct.sort((a, b) => a - b);
  const sorted = column.values.filter((value) => !Number.isNaN(value)).sort();
  const [low, high] = QUANTILES.map((share) => quantile(sorted, share)) as [number, number];
  const steps = Array.from({ length: size }, (_, i) => low + ((high - low) * i) / (size - 1));
  const isWhole = column.kind !== 'numeric';
  return [...new Set(isWhole ? steps.map(Math.round) : steps)];
}

/** Between the two nearest values, as scikit-learn and numpy do by default. */
function quantile(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)]!;
  return below + (sorted[Math.ceil(at)]! - below) * (at - Math.floor(at));
}

/**
 * A column of the same kind that holds one value in every row; times in milliseconds.
 *
 * @throws {CellTypeError} when the value is none of the column's type.
 */
export function constantColumn(
  { name, column }: { readonly name: string; readonly column: Column },
  value: CellValue,
  rowCount: number,
): Column {
  if (column.kind === 'timestamp' && typeof value === 'number') {
    return { kind: 'timestamp', values: new Float64Array(rowCount).fill(value) };
  }
  const builder = createColumnBuilder({ name, type: signatureType(column) });
  for (let row = 0; row < rowCount; row++) builder.appendValue(value);
  return builder.finish();
}
