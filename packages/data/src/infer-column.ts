import {
  type Column,
  isMissingToken,
  parseBoolean,
  parseNumber,
  parseTimestamp,
} from '@gnu-mlops/core';
import { createBooleanFiller } from './boolean-filler.ts';
import { createCategoryFiller } from './category-filler.ts';
import { type ColumnFiller, createColumnFiller } from './column-filler.ts';
import { type FieldBatch, cellText } from './field-batch.ts';
import { createInferringNumberFiller } from './infer-number.ts';

/** Collects one column out of batches of rows and finds its type on the way. */
export interface InferringColumn {
  append(batch: FieldBatch, column: number): void;
  /**
   * The column, or `reread`: it is one of strings, and cells whose text is gone were taken for
   * something else before that came out.
   */
  finish(): Column | 'reread';
}

/**
 * Start a column of unknown type. All cells decide, in whatever order they come: all true or false
 * (in any case) is boolean; all numbers is integer or numeric; all ISO 8601 dates or times is
 * timestamp; anything else, or a mixture, is strings. Missing tokens decide nothing; a column of
 * nothing else is numeric. No number is taken that would lose what its text says, such as `007`.
 * Strings are categorical, or text: see {@link createCategoryFiller}.
 */
export function createInferringColumn(
  rowsExpected: number,
  maxDictionary: number,
): InferringColumn {
  let filler: ColumnFiller | undefined;
  let isFaithful = () => true;
  let missing = 0;
  let isAllBlank = true;
  let mustReread = false;

  function passMissing(batch: FieldBatch, column: number): number {
    const { starts, ends, rowCapacity, rowCount } = batch;
    for (let row = 0; row < rowCount; row++) {
      const cell = column * rowCapacity + row;
      if (starts[cell] !== ends[cell]) {
        const text = cellText(batch, cell).trim();
        if (!isMissingToken(text)) {
          choose(text);
          return row;
        }
        if (text !== '') isAllBlank = false;
      }
      missing++;
    }
    return rowCount;
  }

  function choose(text: string): void {
    if (text.length > 1 && parseBoolean(text) !== undefined) {
      filler = createBooleanFiller({ digits: 'refuse' }, rowsExpected);
    } else if (parseNumber(text) !== undefined) {
      const numbers = createInferringNumberFiller(rowsExpected);
      isFaithful = numbers.isFaithful;
      filler = numbers;
    } else if (parseTimestamp(text) !== undefined) {
      filler = createColumnFiller('datetime', rowsExpected);
    } else {
      // In a column of strings `NA` is a text, so that a prefix of such tokens was no missing cell.
      mustReread = !isAllBlank;
      filler = createCategoryFiller(rowsExpected, maxDictionary);
    }
    filler.appendMissing(missing);
  }

  return {
    append(batch, column) {
      if (mustReread) return;
      const fromRow = filler === undefined ? passMissing(batch, column) : 0;
      if (filler === undefined || mustReread) return;
      mustReread = filler.append(batch, column, fromRow) < batch.rowCount;
    },
    finish() {
      if (mustReread || !isFaithful()) return 'reread';
      if (filler !== undefined) return filler.finish();
      return { kind: 'numeric', values: new Float64Array(missing).fill(NaN) };
    },
  };
}
