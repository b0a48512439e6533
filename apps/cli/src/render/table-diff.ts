import type { ColumnChange, TableDiff } from '@gnu-mlops/data';
import { formatCount, formatMetric, formatQuantity, formatTime } from './figures.ts';
import { oneLine } from './one-line.ts';
import type { Style } from './style.ts';
import { formatTable } from './text-table.ts';

/**
 * What changed from one table to another: columns, rows, then a line for every common column.
 *
 * @param times the columns that hold times in both tables.
 */
export function formatTableDiff(diff: TableDiff, times: ReadonlySet<string>, style: Style): string {
  if (diff.isEqual) {
    return `The tables say the same: ${formatQuantity(diff.rowCount.after, 'row')}, digest ${diff.digest.after}.\n`;
  }
  const { added, removed, retyped } = diff.columns;
  const lines = [
    `rows: ${formatCount(diff.rowCount.before)} -> ${formatCount(diff.rowCount.after)}`,
    ...(diff.rows === undefined ? [] : [rowsText(diff.rows)]),
    ...added.map(({ name, type }) => `new column: ${oneLine(name)} (${type})`),
    ...removed.map(({ name, type }) => style.warn(`column gone: ${oneLine(name)} (${type})`)),
    ...retyped.map(({ name, before, after }) =>
      style.warn(`type of ${oneLine(name)}: ${before} -> ${after}`),
    ),
  ];
  const hasKey = diff.rows !== undefined;
  const table = formatTable(
    [
      { title: 'column' },
      { title: 'missing', align: 'right' },
      { title: 'mean', align: 'right' },
      ...(hasKey ? [{ title: 'changed', align: 'right' } as const] : []),
      { title: 'categories' },
    ],
    diff.changes.map((change) => [
      oneLine(change.name),
      sharesText(change),
      change.mean === undefined ? '' : pairText(change.mean, meanFormat(times.has(change.name))),
      ...(hasKey ? [shareText(change.changedShare ?? null)] : []),
      categoriesText(change),
    ]),
    style,
  );
  return `${lines.join('\n')}\n\n${table}`;
}

function rowsText(rows: NonNullable<TableDiff['rows']>): string {
  const { added, removed, changed, common } = rows;
  return `by key: ${formatCount(added)} added, ${formatCount(removed)} removed, ${formatCount(changed)} of ${formatCount(common)} changed`;
}

function meanFormat(isTime: boolean): (mean: number | null) => string {
  return isTime ? (ms) => (ms === null ? 'n/a' : formatTime(ms)) : formatMetric;
}

function sharesText({ missingShare }: ColumnChange): string {
  return pairText(missingShare, shareText);
}

function pairText<T>(pair: { before: T; after: T }, format: (value: T) => string): string {
  const [before, after] = [format(pair.before), format(pair.after)];
  return before === after ? before : `${before} -> ${after}`;
}

function shareText(share: number | null): string {
  if (share === null) return 'n/a';
  return share === 0 ? '-' : `${(share * 100).toFixed(1)} %`;
}

function categoriesText(change: ColumnChange): string {
  return [
    namesText('new', change.newCategories, change.newCategoryCount),
    namesText('gone', change.vanishedCategories, change.vanishedCategoryCount),
  ]
    .filter((text) => text !== '')
    .join('; ');
}

function namesText(word: string, names: readonly string[] = [], count = 0): string {
  if (count === 0) return '';
  const shown = names.slice(0, 3).map((name) => oneLine(name, 24));
  const more = count > shown.length ? ` and ${formatCount(count - shown.length)} more` : '';
  return `${word}: ${shown.join(', ')}${more}`;
}
