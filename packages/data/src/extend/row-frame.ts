import type { Table } from '@gnu-mlops/core';
import type { CellWriterOptions } from './cell-writer.ts';

/** Rows as they stand in a file: they lie in `bytes` from `starts[row]` to before `ends[row]`. */
export interface RowBytes {
  readonly bytes: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly rowCount: number;
}

/** What stands around the added cells of a row. */
export interface RowFrame extends CellWriterOptions {
  /** Before the cell of each added column. */
  readonly before: (name: string, index: number) => string;
  /** Behind the last cell. */
  readonly behind: string;
}

/** Every row's own bytes, untouched, then its added cells; good until the next call. */
export type RowExtender = (rows: RowBytes, added: Table) => Uint8Array;
