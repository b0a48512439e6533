import { type Column, MISSING_BOOLEAN } from '@gnu-mlops/core';
import { cellsOf } from './cells.ts';
import { countCategories } from './count-categories.ts';

/**
 * The number of different values in a column, missing cells aside.
 *
 * @param limit stop counting numbers above this; the result is then `limit + 1`.
 */
export function countDistinct(column: Column, limit: number = Infinity): number {
  if (column.kind === 'categorical' || column.kind === 'text') {
    return countCategories(cellsOf(column)).counts.size;
  }
  const seen = new Set<number>();
  for (const value of column.values) {
    const isMissing = column.kind === 'boolean' ? value === MISSING_BOOLEAN : Number.isNaN(value);
    if (isMissing) continue;
    seen.add(value);
    if (seen.size > limit) break;
  }
  return seen.size;
}
