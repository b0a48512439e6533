import { type CellValue, type Column, type Table, createTable } from '@gnu-mlops/core';

/** Real numbers; null = missing. */
export function numeric(...cells: (number | null)[]): Column {
  return { kind: 'numeric', values: Float64Array.from(cells, (cell) => cell ?? NaN) };
}

/** Whole numbers; null = missing. */
export function integer(...cells: (number | null)[]): Column {
  return { kind: 'integer', values: Float64Array.from(cells, (cell) => cell ?? NaN) };
}

/** Milliseconds; null = missing. */
export function timestamp(...cells: (number | null)[]): Column {
  return { kind: 'timestamp', values: Float64Array.from(cells, (cell) => cell ?? NaN) };
}

/** Booleans; null = missing. */
export function boolean(...cells: (boolean | null)[]): Column {
  return {
    kind: 'boolean',
    values: Uint8Array.from(cells, (cell) => (cell === null ? 255 : Number(cell))),
  };
}

/** Texts out of a small set, the dictionary in order of appearance; null = missing. */
export function categorical(...cells: (string | null)[]): Column {
  const dictionary = [...new Set(cells.filter((cell) => cell !== null))];
  const codes = Int32Array.from(cells, (cell) => (cell === null ? -1 : dictionary.indexOf(cell)));
  return { kind: 'categorical', codes, dictionary };
}

/** Free texts; null = missing. */
export function text(...cells: (string | null)[]): Column {
  return { kind: 'text', values: cells };
}

/** A table of one column named `x`. */
export function tableOfX(column: Column): Table {
  return createTable([['x', column]]);
}

/** Numbers as JSON holds them: null for NaN. */
export function cellsIn(values: Float64Array): CellValue[] {
  return Array.from(values, (value) => (Number.isNaN(value) ? null : value));
}
