import type { CategoricalColumn } from '@gnu-mlops/core';
import { countPresent } from './categorical-or-text.ts';
import type { ColumnFiller } from './column-filler.ts';
import { copyElements } from './copy-elements.ts';
import { type FieldBatch, cellForms, cellText } from './field-batch.ts';
import { trimmed, unfilled, withRoom } from './grow.ts';
import { isBlankCell } from './is-blank-cell.ts';
import { UNKNOWN_TEXT } from './kernels/cells-layout.ts';
import { createStringPool } from './string-pool.ts';
import type { TextCollector } from './text-collector.ts';

/** A filler whose column is always one of strings: every text fits. */
export interface StringFiller extends ColumnFiller {
  /** How many different texts there are so far. */
  readonly distinctCount: number;
  /** How many cells have a text. */
  readonly presentCount: number;
  /** Whether there are many, and most cells had ones that were not there before. */
  readonly isMostlyNew: boolean;
  appendTexts(texts: TextCollector): void;
  finish(): CategoricalColumn;
}

/** Kernels know some thousand texts of a column; where most cells have others they are no help. */
const manyTexts = 8192;

/** So many cells tell the kernels most of what a column's cells have. */
const firstCells = 128;

/** Where so large a share of the cells behind them has other texts, they are probably identifiers. */
const mostlyNew = 0.9;

/** Start a column of strings; its dictionary is in the order of first appearance. */
export function createStringFiller(rowsExpected: number): StringFiller {
  const pool = createStringPool();
  let codes = unfilled(Int32Array, rowsExpected);
  let length = 0;
  let isRepetitive = true;
  let beginsWithNew = false;

  function codeOfCell(batch: FieldBatch, cell: number): number {
    if (batch.forms[cell] === cellForms.escaped) {
      const text = Buffer.from(cellText(batch, cell));
      return pool.codeOf(text, 0, text.length);
    }
    if (isBlankCell(batch, cell)) return -1;
    return pool.codeOf(batch.bytes, batch.starts[cell]!, batch.ends[cell]!);
  }

  return {
    get distinctCount() {
      return pool.size;
    },
    get presentCount() {
      return countPresent(codes.subarray(0, length));
    },
    get isMostlyNew() {
      return beginsWithNew || !isRepetitive;
    },
    append(batch, column, fromRow) {
      const { rowCapacity, rowCount } = batch;
      const kernels = isRepetitive ? batch.kernels : undefined;
      codes = withRoom(codes, length + rowCount - fromRow);
      let unknown = kernels?.lookUpTexts(column, pool);
      beginsWithNew = false;
      if (pool.size === 0 && kernels !== undefined && rowCount - fromRow > firstCells) {
        for (let row = fromRow; row < fromRow + firstCells; row++) {
          kernels.rememberText(row, codeOfCell(batch, column * rowCapacity + row));
        }
        unknown = kernels.lookUpTexts(column, pool);
        beginsWithNew = unknown > (rowCount - fromRow - firstCells) * mostlyNew;
      }
      if (unknown === 0) {
        copyElements({ array: kernels!.codes, from: fromRow, to: rowCount }, codes, length);
        length += rowCount - fromRow;
        return rowCount;
      }
      const known = kernels?.codes;
      if (unknown !== undefined && unknown > rowCount / 2 && pool.size > manyTexts) {
        isRepetitive = false;
      }
      const first = column * rowCapacity;
      for (let row = fromRow; row < rowCount; row++) {
        let code = known === undefined ? UNKNOWN_TEXT : known[row]!;
        if (code === UNKNOWN_TEXT) {
          code = codeOfCell(batch, first + row);
          if (isRepetitive && !beginsWithNew) kernels?.rememberText(row, code);
        }
        codes[length++] = code;
      }
      return rowCount;
    },
    appendMissing(count) {
      codes = withRoom(codes, length + count);
      codes.fill(-1, length, length + count);
      length += count;
    },
    appendTexts(texts) {
      codes = withRoom(codes, length + texts.rowCount);
      texts.visit(({ bytes, ends }) => {
        let start = 0;
        for (const end of ends) {
          codes[length++] = start === end ? -1 : pool.codeOf(bytes, start, end);
          start = end;
        }
      });
    },
    finish() {
      const dictionary = pool.strings();
      pool.free();
      return { kind: 'categorical', codes: trimmed(codes, length), dictionary };
    },
  };
}
