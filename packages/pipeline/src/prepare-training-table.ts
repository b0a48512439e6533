import {
  type ColumnSpec,
  type Table,
  type Task,
  columnNamed,
  signatureInputs,
  takeColumns,
} from '@gnu-mlops/core';
import { digestTable, readCsv } from '@gnu-mlops/data';
import {
  type Finding,
  type TableProfile,
  checkTrainingTable,
  inferTask,
  profileTable,
} from '@gnu-mlops/preprocess';
import { basename } from 'node:path';
import { DataCheckFailedError } from './errors.ts';
import type { TrainingSource } from './training-source.ts';

/** Which columns of a source are used for what. */
export interface PrepareOptions {
  readonly source: TrainingSource;
  /** The column to predict. It is never guessed. */
  readonly target: string;
  /** Default: by the target's kind, as `inferTask` of `@gnu-mlops/preprocess` says. */
  readonly task?: Task;
  /** The columns to learn from; default: all but the target. */
  readonly features?: readonly string[];
  /** Warn about classes with fewer rows; default 10. */
  readonly minRowsPerClass?: number;
}

/** A table that may be trained on, and what is known about it. */
export interface PreparedTable {
  /** The features and the target, in the source's order. */
  readonly table: Table;
  readonly name: string;
  /** Where the rows come from: a path or a URI. */
  readonly uri: string;
  readonly target: string;
  readonly task: Task;
  /** Of the columns in `table`. */
  readonly columns: readonly ColumnSpec[];
  readonly profile: TableProfile;
  /** Hex digits that are the same for the same rows, in whatever order and format. */
  readonly digest: string;
  /** Warnings; with an error there would be no prepared table. */
  readonly findings: readonly Finding[];
  /** Ragged rows of a file that were left out because the caller asked for it. */
  readonly skippedRowCount: number;
}

/**
 * Read and check the rows to train on. Nothing is invented, filled in or left out that the caller
 * did not ask for.
 *
 * @throws {DataCheckFailedError} listing every error that the checks found.
 * @throws {ColumnNotFoundError} of `@gnu-mlops/core` when the target or a feature is not there,
 *   naming the nearest column.
 * @throws the reader's `DATA_*` errors.
 */
export async function prepareTrainingTable(options: PrepareOptions): Promise<PreparedTable> {
  const { target, features } = options;
  const read = await readSource(options.source);
  const targetColumn = columnNamed(read.table, target);
  const table = features === undefined ? read.table : takeFeatures(read.table, features, target);
  const task = options.task ?? inferTask(targetColumn);
  const findings = checkTrainingTable(table, {
    target,
    task,
    ...(options.minRowsPerClass === undefined ? {} : { minRowsPerClass: options.minRowsPerClass }),
  });
  if (findings.some(({ severity }) => severity === 'error')) {
    throw new DataCheckFailedError(read.name, findings);
  }
  return {
    ...read,
    table,
    target,
    task,
    columns: signatureInputs(table),
    profile: profileTable(table),
    digest: digestTable(table),
    findings,
  };
}

async function readSource(
  source: TrainingSource,
): Promise<Pick<PreparedTable, 'table' | 'name' | 'uri' | 'skippedRowCount'>> {
  if ('table' in source) {
    const { table, name, uri = 'memory' } = source;
    return { table, name, uri, skippedRowCount: 0 };
  }
  const { path, ...options } = source;
  const { table, skippedRows } = await readCsv(path, options);
  return { table, name: basename(path), uri: path, skippedRowCount: skippedRows.count };
}

/** The named features and the target, in the table's order. */
function takeFeatures(table: Table, features: readonly string[], target: string): Table {
  const wanted = new Set([...features, target]);
  for (const name of wanted) columnNamed(table, name);
  return takeColumns(
    table,
    [...table.columns.keys()].filter((name) => wanted.has(name)),
  );
}
