import type { Column } from '@gnu-mlops/core';

/** Fewer rows than this may be years or grades that happen to follow each other. */
const fewestRows = 50;

/**
 * Whether a column numbers its rows: at least 50 whole numbers without a gap, a repeat or a missing
 * cell, in any order.
 */
export function isRunningNumber(column: Column): boolean {
  if (column.kind !== 'integer' || column.values.length < fewestRows) return false;
  const { values } = column;
  const smallest = values.reduce((least, value) => Math.min(least, value), Infinity);
  const isSeen = new Uint8Array(values.length);
  for (const value of values) {
    const place = value - smallest;
    // Also refuses NaN, whose comparisons all fail.
    if (!(place < values.length) || isSeen[place] === 1) return false;
    isSeen[place] = 1;
  }
  return true;
}
