import { type Column, cellValue } from '@gnu-mlops/core';
import type { FirstRows } from '@gnu-mlops/pipeline';
import { formatQuantity, formatTime } from './figures.ts';
import { oneLine } from './one-line.ts';
import type { Style } from './style.ts';
import { formatTable } from './text-table.ts';

/** The first rows of something, and whether there are more. */
export function formatRows({ table, hasMore }: FirstRows, style: Style): string {
  const { columns, rowCount } = table;
  const cells = [...columns.values()];
  const rows = Array.from({ length: rowCount }, (_, row) =>
    cells.map((column) => formatCell(column, row, style)),
  );
  const titles = Array.from(columns, ([title, { kind }]) => ({
    title: oneLine(title),
    ...((kind === 'numeric' || kind === 'integer') && { align: 'right' as const }),
  }));
  const note = hasMore
    ? `The first ${formatQuantity(rowCount, 'row')}; there are more: see --rows and --output.`
    : formatQuantity(rowCount, 'row');
  return `${formatTable(titles, rows, style)}${style.dim(note)}\n`;
}

function formatCell(column: Column, row: number, style: Style): string {
  const value = cellValue(column, row);
  if (value === null) return style.dim('-');
  if (column.kind === 'timestamp') return formatTime(value as number);
  return oneLine(String(value));
}
