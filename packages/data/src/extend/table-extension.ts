import type { ColumnSpec, Table } from '@gnu-mlops/core';
import type { DuckDbLimits } from '../duckdb/open-duckdb.ts';
import type { TableChunk } from '../table-source.ts';

/** A file that is read in chunks and written again with columns added to every row. */
export interface TableExtension extends AsyncIterable<TableChunk> {
  /** All column names of the input; of JSON lines, those of the first lines. */
  readonly header: readonly string[];
  /**
   * Write the first chunk that was read and not yet written, its own columns as they are and the given
   * ones behind them: as many rows as the chunk has, and the same columns with every chunk, none of
   * which the input has. Chunks may be read ahead of that; each is held in memory until it is written.
   */
  write(added: Table): Promise<void>;
  /** Write what the format wants at the end; the target is not closed. */
  finish(): Promise<void>;
  /** Stop reading. Harmless after the end. */
  close(): Promise<void>;
}

/** Where the extended file goes: something empty that `write` appends to. */
export interface ExtensionTarget {
  /** The bytes are good until it resolves. */
  write(bytes: Uint8Array): Promise<void>;
}

/** How a file is read and written again; the limits are DuckDB's, which reads Parquet. */
export interface ExtendOptions extends DuckDbLimits {
  /** The columns that the chunks' tables have, and their types. */
  readonly signature: readonly ColumnSpec[];
  readonly batchRows: number;
  /** Numbers are written with so many digits behind the point; default: as many as they need. */
  readonly decimals?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}
