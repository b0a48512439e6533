import type * as Arrow from 'apache-arrow';
import type { DataType, Vector } from 'apache-arrow';
import { type Column, MAX_TIME_MS } from '@gnu-mlops/core';
import { collectBooleans, collectNumbers, collectStrings } from '../collect-cells.ts';
import { CellInvalidError, ColumnNestedError } from '../format-errors.ts';
import { decimalText, wordsToWhole } from './arrow-decimal.ts';
import { timeText } from './arrow-time.ts';
import { cellGetter } from './cell-getter.ts';
import { unitTime } from './unit-time.ts';

/** A stretch of cells of one column. */
export interface ArrowCells {
  readonly vector: Vector;
  readonly from: number;
  readonly to: number;
  /** The number of the cell at `from` among the source's rows, from 0. */
  readonly firstRow: number;
}

/** What is known about a column that becomes one of a table. */
export interface ArrowColumnAbout {
  readonly source: string;
  readonly name: string;
  /**
   * What numbers become that no double holds exactly, such as whole numbers beyond 2^53: `free` makes
   * all of the column text, `text` does so in any case, `number` takes the nearest double of a decimal
   * and refuses a whole number.
   */
  readonly numbers: 'free' | 'text' | 'number';
}

/**
 * Cells of an Arrow column as a column of a table: integers -> integer; floats and decimals -> numeric;
 * Bool -> boolean; Utf8, LargeUtf8 and Utf8View -> strings; Time -> strings such as `10:30:00`; Date and Timestamp -> timestamp;
 * Null -> numeric, all missing; a dictionary as what it holds.
 *
 * @throws {ColumnNestedError} for lists, structs, maps, unions and bytes.
 * @throws {CellInvalidError}
 */
export function arrowColumn(
  arrow: typeof Arrow,
  type: DataType,
  parts: readonly ArrowCells[],
  about: ArrowColumnAbout,
): Column {
  const { DataType } = arrow;
  const cells = parts.map((part) => ({ ...part, get: cellGetter(arrow, part.vector) }));
  const plain = DataType.isDictionary(type) ? (type.dictionary as DataType) : type;
  if (DataType.isInt(plain)) return wholeColumn(cells, about);
  if (DataType.isDecimal(plain)) return decimalColumn(cells, plain.scale, about);
  if (DataType.isFloat(plain) || DataType.isNull(plain)) return numberColumn(cells);
  if (DataType.isDate(plain)) return timeColumn(cells, (ms) => ms, about);
  if (DataType.isTimestamp(plain)) {
    return timeColumn(cells, (ms) => unitTime(ms, plain.unit), about);
  }
  if (DataType.isBool(plain)) {
    const column = collectBooleans();
    for (const { value } of cellsOf(cells)) column.push(value as boolean | null);
    return column.finish();
  }
  if (DataType.isUtf8(plain) || DataType.isLargeUtf8(plain) || DataType.isUtf8View(plain)) {
    const column = collectStrings();
    for (const { value } of cellsOf(cells)) column.push(value as string | null);
    return column.finish();
  }
  if (DataType.isTime(plain)) return textColumn(cells, (value) => timeText(value, plain.unit));
  throw new ColumnNestedError(about.source, about.name, String(type));
}

interface OpenCells extends ArrowCells {
  readonly get: (row: number) => unknown;
}

function* cellsOf(parts: readonly OpenCells[]): Generator<{ row: number; value: unknown }> {
  for (const { get, from, to, firstRow } of parts) {
    for (let i = from; i < to; i++) yield { row: firstRow + i - from, value: get(i) };
  }
}

function numberColumn(parts: readonly OpenCells[]): Column {
  const column = collectNumbers('numeric');
  for (const { get, from, to } of parts) {
    for (let i = from; i < to; i++) column.push((get(i) as number | null) ?? NaN);
  }
  return column.finish();
}

function timeColumn(
  parts: readonly OpenCells[],
  timeOf: (ms: number) => number,
  { source, name }: ArrowColumnAbout,
): Column {
  const column = collectNumbers('timestamp');
  for (const { get, from, to, firstRow } of parts) {
    for (let i = from; i < to; i++) {
      const ms = get(i) as number | null;
      if (ms !== null && Math.abs(ms) > MAX_TIME_MS) {
        const found = `a time of ${ms} ms`;
        const row = firstRow + i - from + 1;
        throw new CellInvalidError(source, { row, column: name, type: 'datetime', found });
      }
      column.push(ms === null ? NaN : timeOf(ms));
    }
  }
  return column.finish();
}

function wholeColumn(parts: readonly OpenCells[], { source, name, numbers }: ArrowColumnAbout) {
  if (numbers === 'text') return textColumn(parts, String);
  const column = collectNumbers('integer');
  for (const { row, value } of cellsOf(parts)) {
    const number = value === null ? NaN : Number(value);
    if (Math.abs(number) > Number.MAX_SAFE_INTEGER) {
      if (numbers === 'free') return textColumn(parts, String);
      const cell = { row: row + 1, column: name, type: 'long' as const, found: String(value) };
      throw new CellInvalidError(source, cell);
    }
    column.push(number);
  }
  return column.finish();
}

function decimalColumn(parts: readonly OpenCells[], scale: number, about: ArrowColumnAbout) {
  const text = (words: unknown) => decimalText(wordsToWhole(words as Uint32Array), scale);
  if (about.numbers === 'text') return textColumn(parts, text);
  const column = collectNumbers('numeric');
  for (const { value } of cellsOf(parts)) {
    if (value !== null && about.numbers === 'free' && !isShort(value as Uint32Array)) {
      return textColumn(parts, text);
    }
    column.push(value === null ? NaN : Number(text(value)));
  }
  return column.finish();
}

/** Up to 15 digits, zeros at the end aside, come back from the nearest double, whatever they are. */
function isShort(words: Uint32Array): boolean {
  let whole = wordsToWhole(words);
  while (whole <= -longWhole || whole >= longWhole) {
    if (whole % 10n !== 0n) return false;
    whole /= 10n;
  }
  return true;
}

const longWhole = 10n ** 15n;

function textColumn(parts: readonly OpenCells[], format: (value: unknown) => string): Column {
  const column = collectStrings();
  for (const { value } of cellsOf(parts)) column.push(value === null ? null : format(value));
  return column.finish();
}
