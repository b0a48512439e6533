import type { Table } from '@gnu-mlops/core';

/** Where the rows to train on come from. */
export type TrainingSource = FileSource | TableSource;

/** A CSV file. */
export interface FileSource {
  readonly path: string;
  /** One ASCII character; default: found in the header. */
  readonly delimiter?: string;
  /** A row with more or fewer cells than the header is an error, or is left out. Default: error. */
  readonly onRaggedRow?: 'error' | 'skip';
}

/** A table at hand. */
export interface TableSource {
  readonly table: Table;
  /** What runs and messages call it. */
  readonly name: string;
  /** Where it comes from, for the run's record; default: that it was given in memory. */
  readonly uri?: string;
}
