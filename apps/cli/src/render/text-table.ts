import { stripVTControlCharacters } from 'node:util';
import type { Style } from './style.ts';

/** A column of a text table. */
export interface TextColumn {
  readonly title: string;
  /** Numbers read best right-aligned. */
  readonly align?: 'left' | 'right';
}

/** Rows under a dim heading, columns two spaces apart, no trailing blanks. Ends with a newline. */
export function formatTable(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  style: Style,
): string {
  const widths = columns.map((column, index) =>
    rows.reduce(
      (width, row) => Math.max(width, shownLength(row[index] ?? '')),
      shownLength(column.title),
    ),
  );
  const line = (cells: readonly string[]) =>
    columns
      .map((column, index) => {
        const cell = cells[index] ?? '';
        const blanks = ' '.repeat(widths[index]! - shownLength(cell));
        return column.align === 'right' ? blanks + cell : cell + blanks;
      })
      .join('  ')
      .trimEnd();
  const heading = style.dim(line(columns.map((column) => column.title)));
  return [heading, ...rows.map(line)].map((text) => `${text}\n`).join('');
}

/** Labels on the left, values on the right. Ends with a newline. */
export function formatPairs(pairs: readonly (readonly [string, string])[], style: Style): string {
  const width = Math.max(0, ...pairs.map(([label]) => label.length));
  return pairs.map(([label, value]) => `${style.dim(label.padEnd(width))}  ${value}\n`).join('');
}

function shownLength(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}
