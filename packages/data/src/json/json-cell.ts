import { type Column, type Table, cellValue, formatTimestamp, isMissing } from '@gnu-mlops/core';

/** What a cell is in JSON. */
export type JsonCell = string | number | boolean | null;

/** A row of a table as plain JSON, as a line of JSON lines has it: see {@link jsonCell}. */
export function jsonRowAt(table: Table, row: number): Record<string, JsonCell> {
  return Object.fromEntries(
    Array.from(table.columns, ([name, column]) => [name, jsonCell(column, row)] as const),
  );
}

/**
 * One cell as JSON: null where it is missing, a time in ISO 8601 and UTC; an infinite number, for which
 * JSON has no word, is its text.
 */
export function jsonCell(column: Column, row: number): JsonCell {
  if (isMissing(column, row)) return null;
  const value = cellValue(column, row)!;
  if (column.kind === 'timestamp') return formatTimestamp(value as number);
  return value === Infinity || value === -Infinity ? String(value) : value;
}
