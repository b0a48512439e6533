import { type Column, cellValue, columnLength } from '@gnu-mlops/core';
import { cellsOf, holdsText } from '../cells.ts';
import { compareCodePoints } from '../compare-code-points.ts';
import { quantileOfSorted, sortPresent } from '../quantile-of-sorted.ts';

/** Which group each row belongs to. */
export interface CellGroups {
  readonly labels: readonly string[];
  /** Groups of rows that have a value; `missing` is a label after them, where it is one at all. */
  readonly presentCount: number;
  /** Index into labels. */
  readonly groups: Int32Array;
}

/** How to group. */
export interface GroupOptions {
  /** The most frequent ones; the rest is `other`. */
  readonly mostCategories: number;
  /** Numbers are categories too; default: only where there are few. */
  readonly isCategorical?: boolean;
}

const quantileGroups = 10;

/** Part rows into groups that are alike in a column. */
export function groupCells(column: Column, options: GroupOptions): CellGroups {
  if (column.kind === 'boolean' || holdsText(column.kind) || options.isCategorical === true) {
    return groupByValue(column, options.mostCategories);
  }
  const values = cellsOf(column) as Float64Array;
  const sorted = sortPresent(values);
  let distinct = 0;
  for (let i = 0; i < sorted.length && distinct <= quantileGroups; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++;
  }
  if (distinct <= quantileGroups) return groupByValue(column, quantileGroups, sorted);
  return groupByQuantile(values, sorted, column.kind === 'timestamp');
}

function groupByValue(column: Column, most: number, order?: Float64Array): CellGroups {
  const rowCount = columnLength(column);
  const counts = new Map<string, number>();
  for (let row = 0; row < rowCount; row++) {
    const cell = cellValue(column, row);
    if (cell === null) continue;
    const label = labelOf(cell, column);
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const frequent = [...counts].sort((a, b) => b[1] - a[1] || compareCodePoints(a[0], b[0]));
  const labels =
    order === undefined
      ? frequent.slice(0, most).map(([label]) => label)
      : [...new Set(Array.from(order, (value) => labelOf(value, column)))];
  const hasOthers = labels.length < counts.size;
  const indexOf = new Map(labels.map((label, i) => [label, i]));
  const other = labels.length;
  if (hasOthers) labels.push('other');
  const missing = labels.length;
  const groups = new Int32Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const cell = cellValue(column, row);
    groups[row] = cell === null ? missing : (indexOf.get(labelOf(cell, column)) ?? other);
  }
  return withMissing(labels, groups);
}

function groupByQuantile(values: Float64Array, sorted: Float64Array, isTime: boolean): CellGroups {
  const cuts = Array.from({ length: quantileGroups - 1 }, (_, i) =>
    quantileOfSorted(sorted, (i + 1) / quantileGroups),
  );
  const tops = [...new Set(cuts)].filter((cut) => cut < sorted[sorted.length - 1]!);
  const show = (value: number) =>
    isTime && Number.isFinite(value)
      ? new Date(value).toISOString().split('T')[0]!
      : String(Number(value.toPrecision(4)));
  const edges = [sorted[0]!, ...tops, sorted[sorted.length - 1]!];
  const labels = tops.map((top, i) => `${show(edges[i]!)} to ${show(top)}`);
  labels.push(`over ${show(tops[tops.length - 1] ?? sorted[0]!)}`);
  const groups = Int32Array.from(values, (value) => {
    if (Number.isNaN(value)) return labels.length;
    const at = tops.findIndex((top) => value <= top);
    return at < 0 ? tops.length : at;
  });
  return withMissing(labels, groups);
}

function withMissing(labels: string[], groups: Int32Array): CellGroups {
  const presentCount = labels.length;
  if (groups.includes(presentCount)) labels.push('missing');
  return { labels, presentCount, groups };
}

function labelOf(cell: string | number | boolean, column: Column): string {
  if (column.kind !== 'timestamp') return String(cell);
  const time = new Date(cell as number);
  return Number.isNaN(time.getTime()) ? String(cell) : time.toISOString();
}
