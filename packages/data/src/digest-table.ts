import type { Table } from '@gnu-mlops/core';
import { addCellHashes } from './cell-hashes.ts';
import { type Hash64, absorbHigh, absorbLow, hashText, hashWords, spread } from './hash64.ts';

/** Adds up the digest of a table that comes in pieces. */
export interface TableDigest {
  /** Add the rows of a table; all tables have the same columns. */
  add(table: Table): void;
  /** The digest of all rows so far: 16 hex digits. */
  format(): string;
}

/**
 * A fingerprint of what a table says: 16 hex digits, the same for the same rows in whatever order,
 * from whatever kind of file, in whatever pieces; different, but for one chance in 2^64, when a
 * column's name, a value, or the number of times that a row occurs is different. It does not guard
 * against forgery.
 *
 * A cell is hashed from its column's name, its family and its value. Families are numbers (integer
 * and numeric alike: a file need not tell 1 from 1.0), booleans, strings (categorical and text
 * alike), timestamps, and missing, whatever the column's kind. A number is its IEEE 754 bits, -0
 * being 0; a string the hash of its UTF-16 code units. The hashes of a row's cells are added, so that
 * the order of columns does not count; the sum is mixed, and the sums of all rows are added. That sum,
 * the number of rows and the hashes of the column names make the digest. Tests hold it to recorded
 * values, so that it stays the same in every version.
 */
export function digestTable(table: Table): string {
  const digest = createTableDigest();
  digest.add(table);
  return digest.format();
}

/** Start a digest of a table that comes in pieces, such as the chunks of `openCsv`. */
export function createTableDigest(): TableDigest {
  let names: Hash64 | undefined;
  let high = 0;
  let low = 0;
  let rowCount = 0;

  return {
    add(table) {
      const rows = { high: new Int32Array(table.rowCount), low: new Int32Array(table.rowCount) };
      const tableNames = { high: 0, low: 0 };
      for (const [name, column] of table.columns) {
        const key = hashText(name);
        tableNames.high = (tableNames.high + key.high) | 0;
        tableNames.low = (tableNames.low + key.low) | 0;
        addCellHashes(column, key, rows);
      }
      for (let row = 0; row < table.rowCount; row++) {
        const rowHigh = rows.high[row]!;
        const rowLow = rows.low[row]!;
        high = (high + spread(absorbHigh(rowHigh, rowLow))) | 0;
        low = (low + spread(absorbLow(rowLow, rowHigh))) | 0;
      }
      names ??= tableNames;
      rowCount += table.rowCount;
    },
    format() {
      const words = [high, low, rowCount | 0, Math.floor(rowCount / 2 ** 32)];
      const hash = hashWords([...words, names?.high ?? 0, names?.low ?? 0]);
      return formatHalf(hash.high) + formatHalf(hash.low);
    },
  };
}

function formatHalf(half: number): string {
  return (half >>> 0).toString(16).padStart(8, '0');
}
