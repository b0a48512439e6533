import type { CategoricalColumn } from '@gnu-mlops/core';
import type { ColumnFiller } from './column-filler.ts';
import { type FieldBatch, cellForms, cellText } from './field-batch.ts';
import { trimmed, withRoom } from './grow.ts';
import { UNKNOWN_TEXT } from './kernels/cells-layout.ts';
import { createStringPool } from './string-pool.ts';

/** A filler whose column is always one of strings: every text fits. */
export interface StringFiller extends ColumnFiller {
  finish(): CategoricalColumn;
}

const space = 32;
const firstNonAscii = 128;

/** Start a column of strings; its dictionary is in the order of first appearance. */
export function createStringFiller(rowsExpected: number): StringFiller {
  const pool = createStringPool();
  let codes = new Int32Array(rowsExpected);
  let length = 0;

  return {
    append(batch, column, fromRow) {
      const { bytes, starts, ends, forms, rowCapacity, rowCount, kernels } = batch;
      codes = withRoom(codes, length + rowCount - fromRow);
      if (kernels !== undefined) {
        const unknown = kernels.lookUpTexts(column, pool);
        if (unknown === 0) {
          codes.set(kernels.codes.subarray(fromRow, rowCount), length);
          length += rowCount - fromRow;
          return rowCount;
        }
      }
      let cell = column * rowCapacity + fromRow;
      for (let row = fromRow; row < rowCount; row++, cell++) {
        const start = starts[cell]!;
        const end = ends[cell]!;
        let code = kernels === undefined ? UNKNOWN_TEXT : kernels.codes[row]!;
        if (code !== UNKNOWN_TEXT) {
          codes[length++] = code;
          continue;
        }
        code = -1;
        if (forms[cell] === cellForms.escaped) {
          const text = Buffer.from(cellText(batch, cell));
          code = pool.codeOf(text, 0, text.length);
        } else if (start !== end && !isBlank(batch, start, end)) {
          code = pool.codeOf(bytes, start, end);
        }
        kernels?.rememberText(row, code);
        codes[length++] = code;
      }
      return rowCount;
    },
    appendMissing(count) {
      codes = withRoom(codes, length + count);
      codes.fill(-1, length, length + count);
      length += count;
    },
    finish: () => ({
      kind: 'categorical',
      codes: trimmed(codes, length),
      dictionary: pool.strings(),
    }),
  };
}

function isBlank({ bytes }: FieldBatch, start: number, end: number): boolean {
  const first = bytes[start]!;
  if (first > space && first < firstNonAscii) return false;
  return bytes.toString('utf8', start, end).trim() === '';
}
