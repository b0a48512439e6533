import { isMissingToken } from '@gnu-mlops/core';
import type { ColumnFiller } from './column-filler.ts';
import { copyElements } from './copy-elements.ts';
import { type FieldBatch, cellText } from './field-batch.ts';
import { trimmed, unfilled, withRoom } from './grow.ts';

/** How cells become the numbers of a column. */
export interface NumberFormat {
  readonly kind: 'numeric' | 'integer' | 'timestamp';
  /** What a batch's kernels may see in cells whose numbers are their values. Not for times. */
  readonly allowed?: number;
  /** The value of a cell's bytes; NaN where `parseText` has to decide. */
  readonly readCell: (batch: FieldBatch, cell: number) => number;
  /** The value of a trimmed text; undefined where it is none. */
  readonly parseText: (text: string) => number | undefined;
}

/** Start a column of numbers, whole numbers or times. */
export function createNumberFiller(format: NumberFormat, rowsExpected: number): ColumnFiller {
  const { kind, allowed, readCell, parseText } = format;
  const isWhole = kind === 'integer';
  let values = unfilled(Float64Array, rowsExpected);
  let length = 0;

  return {
    append(batch, column, fromRow) {
      const { starts, ends, numbers, rowCapacity, rowCount } = batch;
      values = withRoom(values, length + rowCount - fromRow);
      if (fromRow === 0 && allowed !== undefined && batch.kernels !== undefined) {
        const seen = batch.kernels.readNumbers(column);
        if ((seen & ~allowed) === 0) {
          const first = column * rowCapacity;
          copyElements({ array: numbers, from: first, to: first + rowCount }, values, length);
          length += rowCount;
          return rowCount;
        }
      }
      let cell = column * rowCapacity + fromRow;
      for (let row = fromRow; row < rowCount; row++, cell++) {
        let value = NaN;
        if (starts[cell] !== ends[cell]) {
          value = readCell(batch, cell);
          if (Number.isNaN(value) || (isWhole && !Number.isSafeInteger(value))) {
            const text = cellText(batch, cell).trim();
            const parsed = isMissingToken(text) ? NaN : parseText(text);
            if (parsed === undefined) return row;
            value = parsed;
          }
        }
        values[length++] = value;
      }
      return rowCount;
    },
    appendMissing(count) {
      values = withRoom(values, length + count);
      values.fill(NaN, length, length + count);
      length += count;
    },
    finish: () => ({ kind, values: trimmed(values, length) }),
  };
}
