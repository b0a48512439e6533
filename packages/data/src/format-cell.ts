import { type Column, cellValue, formatTimestamp, isMissing } from '@gnu-mlops/core';
import { shortestText } from './extend/format-number.ts';

/**
 * One cell as text that reads back as the same value: numbers in the fewest digits that do, times in
 * ISO 8601 and UTC. A missing cell is the empty text.
 */
export function formatCell(column: Column, row: number): string {
  if (isMissing(column, row)) return '';
  const value = cellValue(column, row);
  if (column.kind === 'timestamp') return formatTimestamp(value as number);
  return typeof value === 'number' ? shortestText(value) : String(value);
}
