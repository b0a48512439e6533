import { type Column, isMissing } from '@gnu-mlops/core';
import { formatCell } from '../format-cell.ts';

/**
 * What a cell says, whatever its column's kind: one text among numbers makes texts of all of them, and
 * each says what it did before. null where it is missing.
 */
export function cellText(column: Column, row: number): string | null {
  return isMissing(column, row) ? null : formatCell(column, row);
}
