import type { ColumnSpec, JsonObject, SignatureType, Table } from '@gnu-mlops/core';
import type { SkippedRows } from './csv-source.ts';
import type { InferColumnsOptions, InferredColumns } from './inference/inferred-columns.ts';

/** The kinds of files that tables are read from and written to. */
export type TableFormat = 'csv' | 'jsonl' | 'parquet' | 'arrow';

/**
 * Where a table comes from: a file, the objects under a prefix, a table of a database, a query. What
 * makes one is named after it: `fileSource`, `bytesSource`, `querySource`.
 */
export interface TableSource {
  /** What messages and runs call it: a file's base name, a table's name. */
  readonly name: string;
  /** Where it lies: a path or a URI, never with credentials. */
  readonly uri: string;
  /** In MLflow's words for a dataset's source: `local`, `s3`, `delta_table`, `code`, ... */
  readonly sourceType: string;
  /** What MLflow keeps of a source of that type; default: its `uri`. */
  readonly sourceDetails?: JsonObject;
  /** Read all of it into memory; types are found out where the source does not tell them. */
  read(options?: ReadTableOptions): Promise<TableRead>;
  /** Read it in chunks, in the order of its rows and with bounded memory. */
  open(options: OpenTableOptions): Promise<TableStream>;
  /** Find out its columns as `read` would, in a pass over its rows with bounded memory. */
  inferColumns?(options?: InferColumnsOptions): Promise<InferredColumns>;
  /**
   * Read it in chunks of the types that it declares, without a pass that finds them out. Only what
   * declares types has this, such as a query.
   */
  openDeclared?(options: OpenDeclaredOptions): Promise<TableStream>;
  /**
   * Read its first rows and fetch no others; types are found out among these where the source does not
   * tell them. Only what sends rows in pieces that it counts itself has this, such as a warehouse.
   *
   * @param mostRows a whole number, at least 1.
   */
  readFirst?(mostRows: number, options?: ReadTableOptions): Promise<TableRead>;
  /**
   * Copy the files that it lies in to this machine, for who reads them more than once. Only files that
   * lie elsewhere have this.
   */
  copyHere?(signal?: AbortSignal): Promise<CopiedSource>;
}

/** The same table in files of this machine that are there for a while. */
export interface CopiedSource {
  readonly source: TableSource;
  /** The files in the order of their rows, where all of them are Parquet. */
  readonly parquet?: readonly string[] | undefined;
  /** Remove the files. */
  remove(): Promise<void>;
}

/** How to read a whole table. */
export interface ReadTableOptions {
  /** The columns to read and their types; other columns are passed over. */
  readonly signature?: readonly ColumnSpec[] | undefined;
  /** Types of some columns, which are then not found out. Not together with `signature`. */
  readonly columnTypes?: Readonly<Record<string, SignatureType>> | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A table that was read. */
export interface TableRead {
  readonly table: Table;
  /** Rows left out because the caller asked for it. */
  readonly skippedRows: SkippedRows;
}

/** How to read a table in chunks. */
export interface OpenTableOptions {
  /** The columns to read and their types; other columns are passed over. */
  readonly signature: readonly ColumnSpec[];
  /** The most rows of a chunk; at least 1. */
  readonly batchRows: number;
  readonly signal?: AbortSignal | undefined;
}

/** How to read in chunks what declares its types. */
export interface OpenDeclaredOptions {
  /** Types of some columns, in place of those declared. */
  readonly columnTypes?: Readonly<Record<string, SignatureType>> | undefined;
  /** The most rows of a chunk. Where there are no rows, one chunk without rows has the columns. */
  readonly batchRows: number;
  /** No more rows than these are read; default: all. */
  readonly mostRows?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A table that is read in chunks, once. Breaking off the iteration closes the source. */
export interface TableStream extends AsyncIterable<TableChunk> {
  /** All column names of the source. */
  readonly header: readonly string[];
  /** Rows left out so far. */
  readonly skippedRows: SkippedRows;
  /** Stop without reading to the end: the iteration ends then, wherever it is. */
  close(): Promise<void>;
}

/** Some consecutive rows of a source. */
export interface TableChunk {
  /** The signature's columns, in the signature's order. */
  readonly table: Table;
  /** The first row's number among the rows read, from 0. */
  readonly firstRow: number;
}
