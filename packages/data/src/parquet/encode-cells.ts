import { type Column, columnLength, isMissing } from '@gnu-mlops/core';
import { encodeTexts } from './encode-texts.ts';
import { encodeNumbers, encodeWholeNumbers } from './encode-numbers.ts';
import { bitWidth, packBits, packedRun, repeatedRun } from './pack-bits.ts';
import { encodings } from './parquet-codes.ts';
import { toMicroseconds } from '../to-microseconds.ts';

/** The texts of one column chunk, numbered as they came. */
export type TextNumbers = Map<string, number>;

/** Cells as the body of a data page: which of them are there, then their values. */
export interface EncodedCells {
  readonly bytes: Uint8Array;
  readonly encoding: number;
  readonly rowCount: number;
  readonly missingCount: number;
}

/**
 * Encode a column as one page of the first version. A categorical column is written as the numbers of
 * its texts, of which new ones are added to `numbers`; a text column as it is.
 */
export function encodeCells(column: Column, numbers: TextNumbers): EncodedCells {
  const rowCount = columnLength(column);
  const isThere = new Uint8Array(rowCount);
  let present = 0;
  for (let row = 0; row < rowCount; row++) {
    if (isMissing(column, row)) continue;
    isThere[row] = 1;
    present++;
  }
  const rows = new Int32Array(present);
  for (let row = 0, at = 0; row < rowCount; row++) if (isThere[row] === 1) rows[at++] = row;
  return {
    bytes: Buffer.concat([encodeLevels(isThere, present), encodeValues(column, rows, numbers)]),
    encoding: column.kind === 'categorical' ? encodings.rleDictionary : encodings.plain,
    rowCount,
    missingCount: rowCount - present,
  };
}

/** @param present how many cells are there. */
function encodeLevels(isThere: Uint8Array, present: number): Uint8Array {
  const runs = present === isThere.length ? repeatedRun(1, isThere.length) : packedRun(isThere, 1);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(runs.length);
  return Buffer.concat([length, runs]);
}

/** @param rows those whose cells are there. */
function encodeValues(column: Column, rows: Int32Array, numbers: TextNumbers): Uint8Array {
  switch (column.kind) {
    case 'categorical': {
      const { codes, dictionary } = column;
      const numberOf = dictionary.map((text) => {
        if (!numbers.has(text)) numbers.set(text, numbers.size);
        return numbers.get(text)!;
      });
      const width = bitWidth(numbers.size);
      const found = rows.map((row) => numberOf[codes[row]!]!);
      return Buffer.concat([Uint8Array.of(width), packedRun(found, width)]);
    }
    case 'text':
      return encodeTexts(Array.from(rows, (row) => column.values[row]!));
    case 'boolean': {
      const bits = rows.map((row) => column.values[row]!);
      return packBits(bits, 1);
    }
    case 'numeric':
      return encodeNumbers(column.values, rows);
    case 'integer':
      return encodeWholeNumbers(column.values, rows, BigInt);
    case 'timestamp':
      return encodeWholeNumbers(column.values, rows, toMicroseconds);
  }
}
