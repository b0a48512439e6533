import { type Column, formatTimestamp } from '@gnu-mlops/core';
import { formatNumber } from './format-number.ts';

/** Writes one cell of a column at a place of some bytes. @returns the place behind it. */
export type CellWriter = (row: number, bytes: Uint8Array, at: number) => number;

/** How a column's cells are written. */
export interface CellWriterOptions {
  readonly decimals: number | undefined;
  /** A text as it stands in the file: quoted where it must be. */
  readonly quoteText: (text: string) => string;
  /** A missing cell. */
  readonly missing: string;
}

/** The most bytes that a cell of numbers, booleans or times takes. */
export const PLAIN_CELL_BYTES = 340;

/** A writer of a column's cells, and the most bytes that any of them takes. */
export function createCellWriter(
  column: Column,
  { decimals, quoteText, missing }: CellWriterOptions,
): { readonly write: CellWriter; readonly maxBytes: number } {
  const none = Buffer.from(missing);
  switch (column.kind) {
    case 'categorical': {
      const texts = column.dictionary.map((text) => Buffer.from(quoteText(text)));
      const write: CellWriter = (row, bytes, at) =>
        copyBytes(texts[column.codes[row]!] ?? none, bytes, at);
      return { write, maxBytes: Math.max(none.length, ...texts.map(({ length }) => length)) };
    }
    case 'text': {
      const texts = column.values.map((text) =>
        text === null ? none : Buffer.from(quoteText(text)),
      );
      const maxBytes = texts.reduce((most, { length }) => Math.max(most, length), 0);
      return { write: (row, bytes, at) => copyBytes(texts[row]!, bytes, at), maxBytes };
    }
    case 'boolean': {
      const texts = [Buffer.from('false'), Buffer.from('true')];
      const write: CellWriter = (row, bytes, at) =>
        copyBytes(texts[column.values[row]!] ?? none, bytes, at);
      return { write, maxBytes: PLAIN_CELL_BYTES };
    }
    case 'timestamp':
      return { write: timeWriter(column.values, quoteText, none), maxBytes: PLAIN_CELL_BYTES };
    case 'integer':
    case 'numeric': {
      const { values } = column;
      const digits = column.kind === 'numeric' ? decimals : undefined;
      const write: CellWriter = (row, bytes, at) => {
        const value = values[row]!;
        return Number.isNaN(value)
          ? copyBytes(none, bytes, at)
          : formatNumber(value, digits, bytes, at);
      };
      return { write, maxBytes: PLAIN_CELL_BYTES };
    }
  }
}

/** All rows of a chunk mostly have one time: its text is kept. */
function timeWriter(
  values: Float64Array,
  quoteText: (text: string) => string,
  none: Buffer,
): CellWriter {
  let last = NaN;
  let text = none;
  return (row, bytes, at) => {
    const value = values[row]!;
    if (Number.isNaN(value)) return copyBytes(none, bytes, at);
    if (value !== last) {
      last = value;
      text = Buffer.from(quoteText(formatTimestamp(value)));
    }
    return copyBytes(text, bytes, at);
  };
}

function copyBytes(from: Uint8Array, bytes: Uint8Array, at: number): number {
  for (let i = 0; i < from.length; i++) bytes[at + i] = from[i]!;
  return at + from.length;
}
