import type { ColumnProfile, TableProfile } from '@gnu-mlops/preprocess';
import { formatCount, formatQuantity, formatTime } from './figures.ts';
import { oneLine } from './one-line.ts';
import type { Style } from './style.ts';
import { formatTable } from './text-table.ts';

/** One line a column: kind, missing cells, different values, and what the values look like. */
export function formatProfile(profile: TableProfile, style: Style): string {
  const table = formatTable(
    [
      { title: 'column' },
      { title: 'kind' },
      { title: 'missing', align: 'right' },
      { title: 'distinct', align: 'right' },
      { title: 'values' },
    ],
    profile.columns.map((column) => [
      oneLine(column.name),
      column.kind,
      missingText(column, profile.rowCount, style),
      formatCount(column.distinctCount),
      valuesText(column),
    ]),
    style,
  );
  const size = `${formatQuantity(profile.rowCount, 'row')}, ${formatQuantity(profile.columns.length, 'column')}`;
  return `${size}\n\n${table}`;
}

function missingText({ missingCount }: ColumnProfile, rowCount: number, style: Style): string {
  if (missingCount === 0) return '-';
  const share = ((missingCount / rowCount) * 100).toFixed(1);
  return style.warn(`${formatCount(missingCount)} (${share} %)`);
}

function valuesText(column: ColumnProfile): string {
  if ('topCategories' in column) {
    const shown = column.topCategories.slice(0, 4);
    const more = column.distinctCount > shown.length ? ', ...' : '';
    return `${shown.map(({ category, count }) => `${oneLine(category, 24)} (${formatCount(count)})`).join(', ')}${more}`;
  }
  const { minimum, maximum, mean, standardDeviation } = column;
  if (minimum === null || maximum === null) return '';
  if (column.kind === 'timestamp') return `${formatTime(minimum)} to ${formatTime(maximum)}`;
  const spread = standardDeviation === null ? '' : `, sd ${shortNumber(standardDeviation)}`;
  return `${shortNumber(minimum)} to ${shortNumber(maximum)}, mean ${shortNumber(mean!)}${spread}`;
}

function shortNumber(value: number): string {
  return String(Number(value.toPrecision(5)));
}
