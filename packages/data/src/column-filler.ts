import {
  type Column,
  type SignatureType,
  parseInteger,
  parseNumber,
  parseTimestamp,
} from '@gnu-mlops/core';
import { createBooleanFiller } from './boolean-filler.ts';
import type { FieldBatch } from './field-batch.ts';
import { SAW_PADDED, SAW_REAL, SAW_UNSAFE } from './kernels/cells-layout.ts';
import { createNumberFiller } from './number-filler.ts';
import { parseDecimal } from './parse-decimal.ts';
import { parseIsoTime } from './parse-iso-time.ts';
import { createStringFiller } from './string-filler.ts';

/** Collects one column out of batches of rows. */
export interface ColumnFiller {
  /**
   * Append the cells of a batch's column from row `fromRow` on, up to the first that is no value of
   * the column's type.
   *
   * @returns the row of that cell; the batch's row count where all cells were appended.
   */
  append(batch: FieldBatch, column: number, fromRow: number): number;
  appendMissing(count: number): void;
  /** The column so far. The filler must not be used afterwards. */
  finish(): Column;
}

/**
 * Start a column of a signature type. Bytes become the values that core's `createColumnBuilder` makes
 * of the same text; a cell that the byte-level fast path leaves open goes through core's parsers.
 *
 * @param rowsExpected a guess, at least 1, which saves moving the column when it grows.
 */
export function createColumnFiller(type: SignatureType, rowsExpected: number): ColumnFiller {
  switch (type) {
    case 'string':
      return createStringFiller(rowsExpected);
    case 'boolean':
      return createBooleanFiller({ digits: 'count' }, rowsExpected);
    case 'integer':
    case 'long':
      return createNumberFiller(
        { kind: 'integer', allowed: SAW_PADDED, readCell: readNumber, parseText: parseInteger },
        rowsExpected,
      );
    case 'float':
    case 'double':
      return createNumberFiller(
        {
          kind: 'numeric',
          allowed: SAW_PADDED | SAW_REAL | SAW_UNSAFE,
          readCell: readNumber,
          parseText: parseNumber,
        },
        rowsExpected,
      );
    case 'datetime':
      return createNumberFiller(
        { kind: 'timestamp', readCell: readTime, parseText: parseTimestamp },
        rowsExpected,
      );
  }
}

function readNumber({ bytes, starts, ends, numbers }: FieldBatch, cell: number): number {
  const value = numbers[cell]!;
  return Number.isNaN(value) ? parseDecimal(bytes, starts[cell]!, ends[cell]!) : value;
}

function readTime({ bytes, starts, ends }: FieldBatch, cell: number): number {
  return parseIsoTime(bytes, starts[cell]!, ends[cell]!);
}
