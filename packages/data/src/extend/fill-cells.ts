import { type Column, formatTimestamp } from '@gnu-mlops/core';
import { MOST_DECIMALS, TEXT_SLOT_BYTES } from '../kernels/format-layout.ts';
import type { AddedCells, PutText } from '../kernels/row-kernels.ts';
import { type CellWriterOptions, PLAIN_CELL_BYTES } from './cell-writer.ts';
import { formatNumber } from './format-number.ts';

/** Puts the cells of some rows of a column in their places. @returns whether there was room. */
export type CellFiller = (from: number, to: number) => boolean;

/** Cells to be put, and how. */
export interface CellsToPut extends CellWriterOptions {
  readonly column: Column;
  /** Undefined where there is no more room. */
  readonly put: (text: string) => PutText | undefined;
  /** What stands for a missing cell. */
  readonly none: PutText;
}

/**
 * Prepare to put a column's cells.
 *
 * @returns undefined where there is no room for them, or the kernels do not know how to write them.
 *   `maxBytes`: what a cell may take, but for texts that are put for one cell alone.
 */
export function startCells(
  cells: AddedCells,
  to: CellsToPut,
): { readonly fill: CellFiller; readonly maxBytes: number } | undefined {
  const { column, quoteText, put, none } = to;
  const maxBytes = Math.max(TEXT_SLOT_BYTES, none.length);
  switch (column.kind) {
    case 'text':
      return { fill: fillTexts(cells, column.values, to), maxBytes: none.length };
    case 'categorical': {
      const texts = putTexts(column.dictionary.map(quoteText), put);
      return texts && startCodes(cells, { codes: column.codes, texts, none });
    }
    case 'boolean': {
      const texts = putTexts(['false', 'true'], put);
      return texts && startCodes(cells, { codes: column.values, texts, none });
    }
    case 'timestamp':
      return { fill: fillTimes(cells, column.values, to), maxBytes };
    case 'integer':
    case 'numeric': {
      const decimals = column.kind === 'numeric' ? to.decimals : undefined;
      if (decimals !== undefined && decimals > MOST_DECIMALS) return undefined;
      return { fill: fillNumbers(cells, column.values, { ...to, decimals }), maxBytes };
    }
  }
}

/** Put several texts. @returns undefined where there is no room for all. */
export function putTexts(
  texts: readonly string[],
  put: CellsToPut['put'],
): readonly PutText[] | undefined {
  const all = texts.map(put);
  return all.every((text) => text !== undefined) ? all : undefined;
}

function startCodes(
  cells: AddedCells,
  about: { codes: Int32Array | Uint8Array; texts: readonly PutText[]; none: PutText },
) {
  const { codes, texts, none } = about;
  return {
    maxBytes: texts.reduce((most, { length }) => Math.max(most, length), none.length),
    fill(from: number, to: number): boolean {
      for (let row = from; row < to; row++) setCell(cells, row - from, texts[codes[row]!] ?? none);
      return true;
    },
  };
}

function setCell(cells: AddedCells, index: number, { address, length }: PutText): void {
  cells.addresses[index] = address;
  cells.lengths[index] = length;
}

function fillTexts(
  cells: AddedCells,
  values: readonly (string | null)[],
  { quoteText, put, none }: CellsToPut,
): CellFiller {
  return (from, to) => {
    for (let row = from; row < to; row++) {
      const value = values[row]!;
      const text = value === null ? none : put(quoteText(value));
      if (text === undefined) return false;
      setCell(cells, row - from, text);
    }
    return true;
  };
}

/** The same time in many rows is put once. */
function fillTimes(
  cells: AddedCells,
  values: Float64Array,
  { quoteText, put, none }: CellsToPut,
): CellFiller {
  return (from, to) => {
    let last = NaN;
    let text: PutText | undefined = none;
    for (let row = from; row < to; row++) {
      const value = values[row]!;
      if (Number.isNaN(value)) text = none;
      else if (value !== last) text = put(quoteText(formatTimestamp(value)));
      if (text === undefined) return false;
      last = value;
      setCell(cells, row - from, text);
    }
    return true;
  };
}

/** What the kernels leave is missing, or infinite, or to be rounded by its exact digits. */
function fillNumbers(
  cells: AddedCells,
  values: Float64Array,
  { decimals, put, none }: CellsToPut,
): CellFiller {
  const bytes = Buffer.alloc(PLAIN_CELL_BYTES);
  return (from, to) => {
    cells.putNumbers(values.subarray(from, to), decimals);
    for (let row = 0; row < to - from; row++) {
      if (cells.lengths[row] !== 0) continue;
      const value = values[from + row]!;
      const text = Number.isNaN(value)
        ? none
        : put(bytes.toString('latin1', 0, formatNumber(value, decimals, bytes, 0)));
      if (text === undefined) return false;
      setCell(cells, row, text);
    }
    return true;
  };
}
