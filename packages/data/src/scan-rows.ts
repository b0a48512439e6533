import type { ByteWindow } from './byte-window.ts';
import { divideExactly, powersOfTen } from './divide-exactly.ts';
import { CsvQuoteError } from './errors.ts';
import { type FieldBatch, cellForms } from './field-batch.ts';
import { roomForDigit } from './parse-decimal.ts';

/** A row that has more or fewer cells than the header. */
export interface RaggedRow {
  /** The line of the file where the row begins, from 1. */
  readonly line: number;
  readonly cells: number;
}

/** Finds the rows of one file, window by window. */
export interface RowScanner {
  readonly path: string;
  /** One ASCII byte that is no part of a number. */
  readonly delimiter: number;
  /** The line at the window's start, from 1. */
  line: number;
  /** Asked about every ragged row: the error that it is, or undefined to leave the row out. */
  readonly onRaggedRow: (row: RaggedRow) => Error | undefined;
}

const tab = 9;
const lineFeed = 10;
const carriageReturn = 13;
const space = 32;
const quote = 34;
const minus = 45;
const point = 46;
const zero = 48;
const nine = 57;

/**
 * Fill `batch` with the whole rows of `window`, at most `maxRows` of them (ragged ones count), and
 * move the window's start behind them. A row that the window cuts off is left for the next call; the
 * last row of the file needs no line ending. CRLF, LF and CR end a row; one of no bytes is passed
 * over. A faulty row ends the batch before it and throws when it is the batch's first, so that it is
 * found after everything in front of it, wherever windows end.
 *
 * A cell without quotes is read as a number while its end is looked for: a second walk over its
 * digits would cost more than the first. The value is that of `parseDecimal`, for the same reasons.
 * It stands in this one loop, long as that is, because a call per cell takes half as long again.
 *
 * @throws {CsvQuoteError} for a quoted cell that never ends or goes on behind its closing quote.
 */
export function scanRows(
  scanner: RowScanner,
  window: ByteWindow,
  batch: FieldBatch,
  maxRows: number,
): void {
  const { bytes, end, isFinal } = window;
  const { delimiter } = scanner;
  const { columnCount, rowCapacity, starts, ends, forms, numbers } = batch;
  const highestSpecial = Math.max(delimiter, carriageReturn);
  let rowCount = 0;
  let rowsLeft = Math.min(maxRows, rowCapacity);
  let line = scanner.line;
  let i = window.start;
  let rowStart = i;
  let rowLine = line;
  let isCut = false;
  let fault: Error | undefined;

  rows: while (rowsLeft > 0 && i < end) {
    rowStart = i;
    rowLine = line;
    let cells = 0;
    let cell = rowCount;
    let byte = bytes[i]!;

    for (;;) {
      let cellStart = i;
      let cellEnd: number;
      let form: number = cellForms.plain;
      let value = NaN;
      if (byte === quote) {
        const cellLine = line;
        cellStart = ++i;
        for (;;) {
          byte = bytes[i]!;
          while (byte !== quote && byte !== lineFeed && byte !== carriageReturn) byte = bytes[++i]!;
          if (i >= end) {
            if (isFinal) fault = new CsvQuoteError(scanner.path, cellLine, 'unclosed');
            isCut = true;
            break rows;
          }
          if (byte === quote) {
            if (bytes[i + 1] !== quote) break;
            form = cellForms.escaped;
            i += 2;
          } else {
            if (byte === lineFeed || bytes[i + 1] !== lineFeed) line++;
            i++;
          }
        }
        cellEnd = i;
        byte = bytes[++i]!;
        while (byte === space || (byte === tab && delimiter !== tab)) byte = bytes[++i]!;
        if (byte !== delimiter && byte !== lineFeed && byte !== carriageReturn) {
          fault = new CsvQuoteError(scanner.path, line, 'text after closing quote');
          isCut = true;
          break rows;
        }
      } else {
        if (byte >= minus && byte <= nine) {
          if (byte === minus) byte = bytes[++i]!;
          const digitsStart = i;
          let pointAt = -1;
          let head = 0;
          let tail = 0;
          let tailDigits = 0;
          for (;;) {
            const digit = byte - zero;
            if (digit >= 0 && digit <= 9) {
              if (head < roomForDigit) head = head * 10 + digit;
              else {
                tail = tail * 10 + digit;
                tailDigits++;
              }
            } else if (byte === point && pointAt < 0) pointAt = i;
            else break;
            byte = bytes[++i]!;
          }
          if (i - digitsStart > (pointAt < 0 ? 0 : 1)) {
            const fractionDigits = pointAt < 0 ? 0 : i - pointAt - 1;
            value = fractionDigits === 0 ? head : head / powersOfTen[fractionDigits]!;
            if (tailDigits > 0) {
              value = divideExactly({ head, tail, tailDigits }, fractionDigits);
            }
            if (digitsStart > cellStart) value = -value;
            if (pointAt < 0) form = cellForms.whole;
          }
        }
        const numberEnd = i;
        while (
          byte > highestSpecial ||
          (byte !== delimiter && byte !== lineFeed && byte !== carriageReturn)
        ) {
          byte = bytes[++i]!;
        }
        if (i > numberEnd) {
          form = cellForms.plain;
          value = NaN;
        }
        cellEnd = i;
      }
      if (i >= end && !isFinal) {
        isCut = true;
        break rows;
      }
      if (cells < columnCount) {
        starts[cell] = cellStart;
        ends[cell] = cellEnd;
        forms[cell] = form;
        numbers[cell] = value;
        cell += rowCapacity;
      }
      cells++;
      if (byte !== delimiter) break;
      byte = bytes[++i]!;
    }

    const rowEnd = i;
    if (byte === carriageReturn) {
      if (i + 1 >= end && !isFinal) {
        isCut = true;
        break;
      }
      if (bytes[i + 1] === lineFeed) i++;
    }
    i++;
    line++;
    if (rowEnd === rowStart) continue;
    rowsLeft--;
    if (cells === columnCount) {
      batch.rowStarts[rowCount] = rowStart;
      batch.rowEnds[rowCount] = rowEnd;
      batch.lines[rowCount] = rowLine;
      rowCount++;
    } else {
      fault = scanner.onRaggedRow({ line: rowLine, cells });
      isCut = fault !== undefined;
      if (isCut) break;
    }
  }
  if (fault !== undefined && rowCount === 0) throw fault;
  if (isCut) {
    i = rowStart;
    line = rowLine;
  }
  batch.bytes = bytes;
  batch.rowCount = rowCount;
  batch.kernels = undefined;
  scanner.line = line;
  window.start = Math.min(i, end);
}
