import { type Table, columnNamed } from '@gnu-mlops/core';
import { DataOptionError } from '../errors.ts';
import { cellText } from './cell-text.ts';

/** Which rows of two tables are the same by their key. */
export interface RowMatches {
  /** Rows that only the later table has. */
  readonly added: number;
  /** Rows that only the earlier table has. */
  readonly removed: number;
  /** Row numbers from 0, pair by pair. */
  readonly common: { readonly before: Int32Array; readonly after: Int32Array };
}

/** @throws {DataOptionError} for a key that several rows of one table share. */
export function matchRows(before: Table, after: Table, key: readonly string[]): RowMatches {
  const earlier = rowsByKey(before, key);
  const later = rowsByKey(after, key);
  const pairs: [number, number][] = [];
  for (const [text, row] of later) {
    const found = earlier.get(text);
    if (found !== undefined) pairs.push([found, row]);
  }
  return {
    added: later.size - pairs.length,
    removed: earlier.size - pairs.length,
    common: {
      before: Int32Array.from(pairs, ([row]) => row),
      after: Int32Array.from(pairs, ([, row]) => row),
    },
  };
}

function rowsByKey(table: Table, key: readonly string[]): Map<string, number> {
  const columns = key.map((name) => columnNamed(table, name));
  const rows = new Map<string, number>();
  for (let row = 0; row < table.rowCount; row++) {
    const text = JSON.stringify(columns.map((column) => cellText(column, row)));
    if (rows.has(text)) {
      throw new DataOptionError('key', `columns that tell rows apart; several rows have ${text}`);
    }
    rows.set(text, row);
  }
  return rows;
}
