import type { SignatureType, Table } from '@gnu-mlops/core';
import type { TableFormat, TableSource as ReadableTable } from '@gnu-mlops/data';

/** Where the rows to train on come from. */
export type TrainingSource = PlainSource | SourceWithFallback;

/** A source that nothing stands in for. */
export type PlainSource = FileSource | OpenedSource | TableSource;

/**
 * The kind of place that rows come from, as a run's tag `gnu_mlops.data_source` says it: `local`,
 * `s3`, `databricks`, `memory`; `sample` for rows that a generator made up. A tag names several in
 * alphabetical order, with commas between them.
 */
export type DataSource = 'local' | 's3' | 'databricks' | 'memory' | 'sample';

/** Anything of `@gnu-mlops/data` that a table can be read from: a query, a bucket, a database. */
export interface OpenedSource {
  readonly from: ReadableTable;
  /** Several where a query joins tables of several places. Default: `local`. */
  readonly dataSource?: DataSource | readonly DataSource[];
  /** Types of some columns, which are then not found out. */
  readonly columnTypes?: Readonly<Record<string, SignatureType>>;
}

/** A file: CSV, JSON lines, Parquet or Arrow. */
export interface FileSource extends Omit<OpenedSource, 'from'> {
  readonly path: string;
  /** Default: by the name's ending. */
  readonly format?: TableFormat;
  /** One ASCII character; default: found in the header. */
  readonly delimiter?: string;
  /** A row with more or fewer cells than the header is an error, or is left out. Default: error. */
  readonly onRaggedRow?: 'error' | 'skip';
  /** What reading Parquet may take; default 512 MiB. */
  readonly memoryLimitBytes?: number;
}

/** A table at hand. */
export interface TableSource {
  readonly table: Table;
  /** What runs and messages call it. */
  readonly name: string;
  /** Where it comes from, for the run's record; default: that it was given in memory. */
  readonly uri?: string;
  /** Default: `memory`. */
  readonly dataSource?: DataSource;
}

/** A source on a network, and what stands in for it while it is out of reach. */
export interface SourceWithFallback {
  readonly source: OpenedSource;
  readonly fallback: PlainSource;
}
