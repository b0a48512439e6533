import { type Column, cellValue, isMissing } from '@gnu-mlops/core';

/**
 * One cell as text that reads back as the same value: numbers in the fewest digits that do, times in
 * ISO 8601 and UTC. A missing cell is the empty text.
 */
export function formatCell(column: Column, row: number): string {
  if (isMissing(column, row)) return '';
  return column.kind === 'timestamp'
    ? formatTime(column.values[row]!)
    : String(cellValue(column, row));
}

/** Milliseconds since the epoch, in years 0 to 9999, as `YYYY-MM-DDTHH:MM:SS.sssZ`. */
export function formatTime(ms: number): string {
  const whole = Math.floor(ms);
  const nanoseconds = Math.round((ms - whole) * 1e6);
  const text = new Date(whole).toISOString();
  return nanoseconds === 0 ? text : text.replace('Z', `${String(nanoseconds).padStart(6, '0')}Z`);
}
