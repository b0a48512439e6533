import type { CellValue } from '@gnu-mlops/core';

/**
 * A text as one cell: quoted, with quotes doubled, where it holds the delimiter, a quote or a line
 * ending, or could be taken for a byte order mark; else as it is.
 */
export function quoteCsvField(text: string, delimiter = ','): string {
  const mustQuote = /["\r\n]/.test(text) || text.includes(delimiter) || text.startsWith('\ufeff');
  return mustQuote ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * One row of cells, without a line ending. null is an empty cell; a row of nothing but one empty
 * cell is `""`, since readers pass over blank lines.
 */
export function formatCsvRow(values: readonly CellValue[], delimiter = ','): string {
  const row = values
    .map((value) => (value === null ? '' : quoteCsvField(String(value), delimiter)))
    .join(delimiter);
  return row === '' && values.length === 1 ? '""' : row;
}
