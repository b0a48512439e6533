import type { ColumnSpec, Table } from '@gnu-mlops/core';
import type { SkippedRows } from './csv-source.ts';

/** What is wanted of a source whose cells have types of their own. */
export interface TableReaderRequest {
  /** The columns to read; their types are brought about afterwards. Left out: all columns. */
  readonly signature: readonly ColumnSpec[] | undefined;
  readonly signal: AbortSignal | undefined;
}

/** One pass over such a source. */
export interface TableReader {
  /** All column names of the source; of a source that does not declare them, those seen so far. */
  readonly header: readonly string[];
  /** Rows of what it is made of, left out because the caller asked for it. Left out itself: none. */
  readonly skippedRows?: SkippedRows;
  /**
   * The wanted columns that are there, in tables of at most `batchRows` rows; one table without rows
   * where there are none.
   */
  readTables(batchRows: number): AsyncIterable<Table>;
  close(): Promise<void>;
}

/** Starts a pass. */
export type OpenTableReader = (request: TableReaderRequest) => Promise<TableReader>;
