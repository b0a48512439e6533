import { MISSING_BOOLEAN, isMissingToken, parseBoolean } from '@gnu-mlops/core';
import type { ColumnFiller } from './column-filler.ts';
import { type FieldBatch, cellText } from './field-batch.ts';
import { trimmed, unfilled, withRoom } from './grow.ts';
import { UNKNOWN_TEXT } from './kernels/cells-layout.ts';

/** Start a column of booleans: true or false in any case and, where digits count, 1 or 0. */
export function createBooleanFiller(
  { digits }: { digits: 'count' | 'refuse' },
  rowsExpected: number,
): ColumnFiller {
  let values = unfilled(Uint8Array, rowsExpected);
  let length = 0;
  /** Whose values the kernels know as the codes of texts. */
  const owner = {};

  /** The value of a cell; undefined where it is none. */
  function readCell(batch: FieldBatch, cell: number): number | undefined {
    const { bytes, starts, ends } = batch;
    const start = starts[cell]!;
    const end = ends[cell]!;
    if (isWord(bytes, start, end, trueBytes)) return 1;
    if (isWord(bytes, start, end, falseBytes)) return 0;
    if (start === end) return MISSING_BOOLEAN;
    const text = cellText(batch, cell).trim();
    if (isMissingToken(text)) return MISSING_BOOLEAN;
    const parsed = digits === 'refuse' && text.length === 1 ? undefined : parseBoolean(text);
    return parsed === undefined ? undefined : Number(parsed);
  }

  return {
    append(batch, column, fromRow) {
      const { rowCapacity, rowCount, kernels } = batch;
      values = withRoom(values, length + rowCount - fromRow);
      const unknown = kernels?.lookUpTexts(column, owner);
      const codes = kernels?.codes;
      if (unknown === 0) {
        putValues(codes!.subarray(fromRow, rowCount), values.subarray(length));
        length += rowCount - fromRow;
        return rowCount;
      }
      const first = column * rowCapacity;
      for (let row = fromRow; row < rowCount; row++) {
        let code = codes === undefined ? UNKNOWN_TEXT : codes[row]!;
        if (code === UNKNOWN_TEXT) {
          const value = readCell(batch, first + row);
          if (value === undefined) return row;
          kernels?.rememberText(row, value);
          code = value;
        }
        values[length++] = code < 0 ? MISSING_BOOLEAN : code;
      }
      return rowCount;
    },
    appendMissing(count) {
      values = withRoom(values, length + count);
      values.fill(MISSING_BOOLEAN, length, length + count);
      length += count;
    },
    finish: () => ({ kind: 'boolean', values: trimmed(values, length) }),
  };
}

/** Codes of texts are values, but for missing ones. */
function putValues(codes: Int32Array, values: Uint8Array): void {
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    values[i] = code < 0 ? MISSING_BOOLEAN : code;
  }
}

const trueBytes = Buffer.from('true');
const falseBytes = Buffer.from('false');

/** Whether the bytes spell a word of ASCII letters, in any case. */
function isWord(bytes: Uint8Array, start: number, end: number, word: Uint8Array): boolean {
  if (end - start !== word.length) return false;
  for (let i = 0; i < word.length; i++) if ((bytes[start + i]! | 0x20) !== word[i]) return false;
  return true;
}
