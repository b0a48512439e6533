import { RowOutOfRangeError } from './row-errors.ts';

/**
 * What a column holds. Each kind marks a missing cell in one way only:
 * NaN in a `Float64Array`, 255 in a boolean column, -1 in categorical codes, null in text.
 */
export type ColumnKind = 'numeric' | 'integer' | 'boolean' | 'categorical' | 'text' | 'timestamp';

/** Real numbers in the column's own unit; NaN = missing. */
export interface NumericColumn {
  readonly kind: 'numeric';
  readonly values: Float64Array;
}

/** Whole numbers of at most 2^53 - 1 in magnitude; NaN = missing. */
export interface IntegerColumn {
  readonly kind: 'integer';
  readonly values: Float64Array;
}

/** 0 = false, 1 = true, 255 = missing. */
export interface BooleanColumn {
  readonly kind: 'boolean';
  readonly values: Uint8Array;
}

/** Strings out of a small set: `codes[row]` is an index into `dictionary`, -1 = missing. */
export interface CategoricalColumn {
  readonly kind: 'categorical';
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
}

/** Free text or identifiers; null = missing. */
export interface TextColumn {
  readonly kind: 'text';
  readonly values: readonly (string | null)[];
}

/** Milliseconds since 1970-01-01T00:00:00Z; NaN = missing. */
export interface TimestampColumn {
  readonly kind: 'timestamp';
  readonly values: Float64Array;
}

/** One named column of a {@link Table}, without its name. Immutable by convention. */
export type Column =
  NumericColumn | IntegerColumn | BooleanColumn | CategoricalColumn | TextColumn | TimestampColumn;

/** One cell as a plain value. Timestamps are milliseconds since the epoch. */
export type CellValue = number | string | boolean | null;

/** The marker of a missing cell in a {@link BooleanColumn}. */
export const MISSING_BOOLEAN = 255;

/** @throws {RowOutOfRangeError} unless `row` is a whole number in [0, rowCount). */
export function checkRow(row: number, rowCount: number): void {
  if (!(row >= 0 && row < rowCount && Number.isInteger(row))) {
    throw new RowOutOfRangeError(row, rowCount);
  }
}

/** How long texts are that nobody has read yet. */
const unreadLengths = new WeakMap<Column, number>();

/**
 * A column of texts that are made when somebody reads them: identifiers, which hardly anybody does.
 *
 * @param read makes one text or null for each of `rowCount` rows; it is called once at most.
 */
export function createTextColumn(
  rowCount: number,
  read: () => readonly (string | null)[],
): TextColumn {
  let values: readonly (string | null)[] | undefined;
  const column: TextColumn = {
    kind: 'text',
    get values() {
      return (values ??= read());
    },
  };
  unreadLengths.set(column, rowCount);
  return column;
}

/** The number of cells in a column. */
export function columnLength(column: Column): number {
  if (column.kind === 'categorical') return column.codes.length;
  if (column.kind === 'text') return unreadLengths.get(column) ?? column.values.length;
  return column.values.length;
}

/** Whether the cell at `row` is missing. */
export function isMissing(column: Column, row: number): boolean {
  switch (column.kind) {
    case 'categorical':
      return column.codes[row]! < 0;
    case 'boolean':
      return column.values[row] === MISSING_BOOLEAN;
    case 'text':
      return column.values[row] == null;
    default:
      return Number.isNaN(column.values[row]);
  }
}

/** The cell at `row` as a plain value; null when missing. */
export function cellValue(column: Column, row: number): CellValue {
  if (isMissing(column, row)) return null;
  switch (column.kind) {
    case 'categorical':
      return column.dictionary[column.codes[row]!]!;
    case 'boolean':
      return column.values[row] === 1;
    default:
      return column.values[row]!;
  }
}

/** The number of missing cells. */
export function countMissing(column: Column): number {
  let missing = 0;
  for (let row = 0, end = columnLength(column); row < end; row++) {
    if (isMissing(column, row)) missing++;
  }
  return missing;
}

/**
 * The cells at `rows`, in that order; a row may be taken more than once.
 *
 * @throws {RowOutOfRangeError} when the column has no such row.
 */
export function takeCells(column: Column, rows: Int32Array): Column {
  const length = columnLength(column);
  for (const row of rows) checkRow(row, length);
  switch (column.kind) {
    case 'categorical':
      return { ...column, codes: rows.map((row) => column.codes[row]!) };
    case 'text':
      return { kind: 'text', values: Array.from(rows, (row) => column.values[row] ?? null) };
    case 'boolean': {
      const values = new Uint8Array(rows.length);
      for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i]!]!;
      return { kind: 'boolean', values };
    }
    default: {
      const values = new Float64Array(rows.length);
      for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i]!]!;
      return { kind: column.kind, values };
    }
  }
}

/** Cells `from` to before `to`; numbers and codes share the column's memory. */
export function sliceCells(column: Column, from: number, to: number): Column {
  switch (column.kind) {
    case 'numeric':
    case 'integer':
    case 'timestamp':
      return { kind: column.kind, values: column.values.subarray(from, to) };
    case 'boolean':
      return { kind: 'boolean', values: column.values.subarray(from, to) };
    case 'categorical':
      return { ...column, codes: column.codes.subarray(from, to) };
    case 'text':
      return { kind: 'text', values: column.values.slice(from, to) };
  }
}
