import {
  type CellValue,
  type Column,
  cellValue,
  checkRow,
  columnLength,
  sliceCells,
  takeCells,
} from './column.ts';
import { nearestName } from './nearest-name.ts';
import { ColumnDuplicateError, ColumnLengthError, ColumnNotFoundError } from './table-errors.ts';

/** Named columns of equal length. Immutable by convention: derive a new table, change none. */
export interface Table {
  readonly rowCount: number;
  /** In the order of the source. */
  readonly columns: ReadonlyMap<string, Column>;
}

/** One row as an object from column name to plain value. */
export type TableRow = Record<string, CellValue>;

/**
 * Make a table of named columns.
 *
 * @param rowCount needed only for a table without columns; default: the length of the first column.
 * @throws {ColumnDuplicateError} when two columns share a name.
 * @throws {ColumnLengthError} when the columns differ in length.
 */
export function createTable(
  columns: Iterable<readonly [name: string, column: Column]>,
  rowCount?: number,
): Table {
  const named = new Map<string, Column>();
  let length = rowCount;
  for (const [name, column] of columns) {
    if (named.has(name)) throw new ColumnDuplicateError(name);
    length ??= columnLength(column);
    if (columnLength(column) !== length) {
      throw new ColumnLengthError(name, columnLength(column), length);
    }
    named.set(name, column);
  }
  return { rowCount: length ?? 0, columns: named };
}

/** @throws {ColumnNotFoundError} naming the nearest column there is. */
export function columnNamed(table: Table, name: string): Column {
  const column = table.columns.get(name);
  if (column === undefined) {
    throw new ColumnNotFoundError(name, nearestName(name, table.columns.keys()));
  }
  return column;
}

/** The named columns only, in the order asked for. @throws {ColumnNotFoundError} */
export function takeColumns(table: Table, names: Iterable<string>): Table {
  return createTable(
    Array.from(names, (name) => [name, columnNamed(table, name)] as const),
    table.rowCount,
  );
}

/** All columns but the named ones; a name that is not there is ignored. */
export function dropColumns(table: Table, names: Iterable<string>): Table {
  const dropped = new Set(names);
  return createTable(
    [...table.columns].filter(([name]) => !dropped.has(name)),
    table.rowCount,
  );
}

/**
 * The given rows, in that order; a row may be taken more than once.
 *
 * @throws {RowOutOfRangeError}
 */
export function takeRows(table: Table, rows: ArrayLike<number>): Table {
  const indices = rows instanceof Int32Array ? rows : Int32Array.from(rows);
  return createTable(
    Array.from(table.columns, ([name, column]) => [name, takeCells(column, indices)] as const),
    indices.length,
  );
}

/**
 * Rows `from` to before `to`, or to the last one where there are fewer. Numbers and codes share the
 * table's memory, so that this costs next to nothing.
 */
export function sliceRows(table: Table, from: number, to: number): Table {
  const end = Math.min(to, table.rowCount);
  return createTable(
    Array.from(table.columns, ([name, column]) => [name, sliceCells(column, from, end)] as const),
    Math.max(end - from, 0),
  );
}

/**
 * Row `row` as an object from column name to plain value, null where missing.
 *
 * @throws {RowOutOfRangeError}
 */
export function rowAt(table: Table, row: number): TableRow {
  checkRow(row, table.rowCount);
  const cells: [string, CellValue][] = [];
  for (const [name, column] of table.columns) cells.push([name, cellValue(column, row)]);
  return Object.fromEntries(cells);
}
