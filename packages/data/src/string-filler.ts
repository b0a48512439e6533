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
  /** Whether most cells had texts that were not there before: many of them, or nearly all first ones. */
  readonly isMostlyNew: boolean;
  appendTexts(texts: TextCollector): void;
  finish(): CategoricalColumn;
}

/** Kernels know some thousand texts of a column; where most cells have others they are no help. */
const manyTexts = 8192;

/** So many cells tell most of what a column's cells have; if so many are different, that there is more. */
const firstCells = 128;
const manyFirst = 115;

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

  /** Have the kernels know the first cells' texts, unless they are nearly all different. */
  function showFirstCells(batch: FieldBatch, column: number, fromRow: number): boolean {
    const { kernels, rowCapacity, rowCount } = batch;
    if (kernels === undefined || rowCount - fromRow <= firstCells) return true;
    /** The row where each text stands first. */
    const rows: number[] = [];
    for (let row = fromRow; row < fromRow + firstCells; row++) {
      codeOfCell(batch, column * rowCapacity + row);
      if (pool.size > rows.length) rows.push(row);
    }
    if (pool.size > manyFirst) return false;
    kernels.lookUpTexts(column, pool);
    for (const [code, row] of rows.entries()) kernels.rememberText(row, code);
    return true;
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
      codes = withRoom(codes, length + rowCount - fromRow);
      beginsWithNew = pool.size === 0 && !showFirstCells(batch, column, fromRow);
      const kernels = isRepetitive && !beginsWithNew ? batch.kernels : undefined;
      const unknown = kernels?.lookUpTexts(column, pool);
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
          if (isRepetitive) kernels?.rememberText(row, code);
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
