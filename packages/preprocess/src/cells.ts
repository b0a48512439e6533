import {
  type CategoricalColumn,
  type Column,
  type ColumnKind,
  MISSING_BOOLEAN,
  type TextColumn,
} from '@gnu-mlops/core';

/** Text cells, dictionary-coded or plain. */
export type TextCells = CategoricalColumn | TextColumn;

/** The cells of one column while the steps run: numbers with NaN for missing, or text. */
export type Cells = Float64Array | TextCells;

/** Whether columns of a kind hold text rather than numbers. */
export function holdsText(kind: ColumnKind): boolean {
  return kind === 'categorical' || kind === 'text';
}

/** A column's cells: booleans become 0 and 1, timestamps milliseconds, missing becomes NaN. */
export function cellsOf(column: Column): Cells {
  switch (column.kind) {
    case 'categorical':
    case 'text':
      return column;
    case 'boolean': {
      const values = new Float64Array(column.values.length);
      for (let row = 0; row < values.length; row++) {
        const value = column.values[row]!;
        values[row] = value === MISSING_BOOLEAN ? NaN : value;
      }
      return values;
    }
    default:
      return column.values;
  }
}

/** The cells of a column that is known to hold numbers. */
export function numbersIn(cells: Cells): Float64Array {
  if (!(cells instanceof Float64Array)) throw new TypeError('Expected numbers, found text.');
  return cells;
}

/** The cells of a column that is known to hold text. */
export function textIn(cells: Cells): TextCells {
  if (cells instanceof Float64Array) throw new TypeError('Expected text, found numbers.');
  return cells;
}

/** The text at `row`; null = missing. */
export function textAt(cells: TextCells, row: number): string | null {
  if (cells.kind === 'text') return cells.values[row] ?? null;
  const code = cells.codes[row]!;
  return code < 0 ? null : cells.dictionary[code]!;
}
