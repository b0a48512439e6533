import { type Column, parseBoolean, parseTimestamp } from '@gnu-mlops/core';
import { collectBooleans, collectNumbers, collectStrings } from '../collect-cells.ts';
import { CellInvalidError, ColumnNestedError } from '../format-errors.ts';
import { DatabricksPrecisionError } from './databricks-errors.ts';
import type { SqlColumn } from './sql-column.ts';

/** What is known about a column of cells. */
export interface CellColumnAbout {
  readonly source: string;
  readonly column: SqlColumn;
  /** What numbers become that no double holds exactly; see `arrowColumn`. */
  readonly numbers: 'free' | 'text' | 'number';
}

/** A cell as the driver hands it out: a plain value, a Date, or an integer of eight bytes. */
export type SqlCell = unknown;

/**
 * Cells that came one by one as a column of a table; the same column as Arrow would have given.
 *
 * @throws {ColumnNestedError} for arrays, maps, structs and bytes.
 * @throws {CellInvalidError} for a whole number beyond 2^53 where a number is wanted.
 * @throws {DatabricksPrecisionError} where the driver has rounded numbers already.
 */
export function cellColumn(cells: readonly SqlCell[], about: CellColumnAbout): Column {
  const { column, source } = about;
  switch (column.type) {
    case 'BOOLEAN': {
      const booleans = collectBooleans();
      for (const cell of cells) booleans.push(booleanOf(cell));
      return booleans.finish();
    }
    case 'TINYINT':
    case 'SMALLINT':
    case 'INT':
    case 'BIGINT':
      return wholeColumn(cells, about);
    case 'DECIMAL':
      return decimalColumn(cells, about);
    case 'FLOAT':
    case 'DOUBLE':
    case 'VOID':
      return numberColumn(cells, 'numeric', Number);
    case 'TIMESTAMP':
    case 'DATE':
      return numberColumn(cells, 'timestamp', timeOf);
    case 'STRING':
    case 'VARCHAR':
    case 'CHAR':
    case 'INTERVAL YEAR TO MONTH':
    case 'INTERVAL DAY TO SECOND':
      return textColumn(cells);
    default:
      throw new ColumnNestedError(source, column.name, column.typeText);
  }
}

function numberColumn(
  cells: readonly SqlCell[],
  kind: 'numeric' | 'timestamp',
  numberOf: (cell: SqlCell) => number,
): Column {
  const numbers = collectNumbers(kind);
  for (const cell of cells) numbers.push(cell == null ? NaN : numberOf(cell));
  return numbers.finish();
}

function wholeColumn(cells: readonly SqlCell[], about: CellColumnAbout): Column {
  const { column, source } = about;
  if (about.numbers === 'text') return textColumn(cells.map((cell) => exactWhole(cell, about)));
  const numbers = collectNumbers('integer');
  for (const [row, cell] of cells.entries()) {
    const exact = exactWhole(cell, about);
    const number = exact === null ? NaN : Number(exact);
    if (Math.abs(number) > Number.MAX_SAFE_INTEGER) {
      if (about.numbers === 'free') return textColumn(cells.map((each) => exactWhole(each, about)));
      const place = { row: row + 1, column: column.name, type: 'long' as const };
      throw new CellInvalidError(source, { ...place, found: exact! });
    }
    numbers.push(number);
  }
  return numbers.finish();
}

/** Every digit of a whole number; null where it is missing. */
function exactWhole(cell: SqlCell, { source, column }: CellColumnAbout): string | null {
  if (cell == null) return null;
  if (typeof cell === 'object') return String(wholeOf(cell as EightBytes));
  if (typeof cell === 'number' && !Number.isSafeInteger(cell)) {
    throw new DatabricksPrecisionError(source, { name: column.name, type: column.typeText });
  }
  return String(cell);
}

/** The driver's `node-int64`: eight bytes, the most significant first. */
interface EightBytes {
  readonly buffer: Buffer;
  readonly offset: number;
}

function wholeOf({ buffer, offset }: EightBytes): bigint {
  return buffer.readBigInt64BE(offset);
}

const exactDigits = 15;

function decimalColumn(cells: readonly SqlCell[], about: CellColumnAbout): Column {
  const { source, column, numbers: wanted } = about;
  const isRounded = cells.some((cell) => typeof cell === 'number');
  // Up to 15 digits come back from the nearest double; only `number` is content with less.
  if (isRounded && wanted !== 'number' && column.precision > exactDigits) {
    throw new DatabricksPrecisionError(source, { name: column.name, type: column.typeText });
  }
  const isLong = (cell: SqlCell) => typeof cell === 'string' && countDigits(cell) > exactDigits;
  if (wanted === 'text' || (wanted === 'free' && cells.some(isLong))) return textColumn(cells);
  return numberColumn(cells, 'numeric', Number);
}

/** Digits that tell a number from its neighbours: none of the zeros at its ends. */
function countDigits(decimal: string): number {
  return decimal.replace(/^[-0.]+|\D/g, '').replace(/0+$/, '').length;
}

function textColumn(cells: readonly SqlCell[]): Column {
  const strings = collectStrings();
  for (const cell of cells) strings.push(cell == null ? null : String(cell));
  return strings.finish();
}

function booleanOf(cell: SqlCell): boolean | null {
  if (cell == null) return null;
  return typeof cell === 'boolean' ? cell : (parseBoolean(String(cell)) ?? null);
}

function timeOf(cell: SqlCell): number {
  if (cell instanceof Date) return cell.getTime();
  return typeof cell === 'number' ? cell : (parseTimestamp(String(cell)) ?? NaN);
}
