import {
  type IntegerColumn,
  type NumericColumn,
  isMissingToken,
  parseNumber,
} from '@gnu-mlops/core';
import type { ColumnFiller } from './column-filler.ts';
import { copyElements } from './copy-elements.ts';
import { type FieldBatch, cellForms, cellText } from './field-batch.ts';
import { trimmed, unfilled, withRoom } from './grow.ts';
import { SAW_OPEN, SAW_PADDED, SAW_REAL, SAW_UNSAFE } from './kernels/cells-layout.ts';
import { type NumberForm, numberForm } from './number-form.ts';
import { parseDecimal } from './parse-decimal.ts';

/** A filler that finds out whether its numbers are whole. */
export interface InferringNumberFiller extends ColumnFiller {
  /** Whether reading the cells as numbers loses nothing of what they say. */
  isFaithful(): boolean;
  finish(): IntegerColumn | NumericColumn;
}

const minus = 45;
const zero = 48;

/**
 * Start a column of numbers whose kind the cells decide: integer where all are written without point
 * and exponent, else numeric. `007` does not fit: a whole number with leading zeros is a name. Nor
 * are whole numbers faithful that a double cannot hold, unless the column has real numbers as well.
 */
export function createInferringNumberFiller(rowsExpected: number): InferringNumberFiller {
  let values = unfilled(Float64Array, rowsExpected);
  let length = 0;
  let isWhole = true;
  let isSafe = true;

  return {
    append(batch, column, fromRow) {
      const { bytes, starts, ends, forms, numbers, rowCapacity, rowCount } = batch;
      values = withRoom(values, length + rowCount - fromRow);
      const seen = batch.kernels?.readNumbers(column) ?? SAW_OPEN;
      if ((seen & (SAW_OPEN | SAW_PADDED)) === 0) {
        const first = column * rowCapacity;
        const read = { array: numbers, from: first + fromRow, to: first + rowCount };
        copyElements(read, values, length);
        length += rowCount - fromRow;
        if ((seen & SAW_REAL) !== 0) isWhole = false;
        if ((seen & SAW_UNSAFE) !== 0) isSafe = false;
        return rowCount;
      }
      let cell = column * rowCapacity + fromRow;
      for (let row = fromRow; row < rowCount; row++, cell++) {
        let value = numbers[cell]!;
        let form: NumberForm = 'real';
        if (!Number.isNaN(value)) {
          if (forms[cell] === cellForms.whole) form = isPadded(batch, cell) ? 'padded' : 'whole';
        } else {
          value = parseDecimal(bytes, starts[cell]!, ends[cell]!);
          if (Number.isNaN(value) || Number.isInteger(value)) {
            const text = cellText(batch, cell).trim();
            const parsed = isMissingToken(text) ? NaN : parseNumber(text);
            if (parsed === undefined) return row;
            value = parsed;
            form = formOf(text);
          }
        }
        if (form === 'padded') return row;
        if (form === 'real') isWhole = false;
        else if (Math.abs(value) > Number.MAX_SAFE_INTEGER) isSafe = false;
        values[length++] = value;
      }
      return rowCount;
    },
    appendMissing(count) {
      values = withRoom(values, length + count);
      values.fill(NaN, length, length + count);
      length += count;
    },
    isFaithful: () => isSafe || !isWhole,
    finish: () => ({ kind: isWhole ? 'integer' : 'numeric', values: trimmed(values, length) }),
  };
}

/** The form of a number or missing token; a missing one goes with any. */
function formOf(text: string): NumberForm {
  return isMissingToken(text) ? 'whole' : numberForm(text);
}

/** Whether a cell of digits, perhaps behind a minus, has leading zeros. */
function isPadded({ bytes, starts, ends }: FieldBatch, cell: number): boolean {
  const start = starts[cell]!;
  const first = bytes[start] === minus ? start + 1 : start;
  return bytes[first] === zero && ends[cell]! - first > 1;
}
