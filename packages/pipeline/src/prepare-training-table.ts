import {
  type ColumnSpec,
  type Table,
  type Task,
  columnNamed,
  signatureInputs,
  takeColumns,
} from '@gnu-mlops/core';
import { digestTable } from '@gnu-mlops/data';
import {
  type DataCheck,
  type DataCheckReport,
  type Finding,
  type TableProfile,
  checkTrainingTable,
  inferTask,
  profileTable,
} from '@gnu-mlops/preprocess';
import { DataCheckFailedError } from './errors.ts';
import { type ReadContext, type TrainingRows, readTrainingSource } from './read-training-source.ts';
import { runChecks } from './run-checks.ts';
import type { TrainingSource } from './training-source.ts';

/** Which columns of a source are used for what. */
export interface PrepareOptions {
  readonly source: TrainingSource;
  /** The column to predict. It is never guessed. */
  readonly target: string;
  /** Default: by the target's kind, as `inferTask` of `@gnu-mlops/preprocess` says. */
  readonly task?: Task;
  /** The columns to learn from; default: all but the target, `groupColumn` and `timeColumn`. */
  readonly features?: readonly string[];
  /** Whose rows belong together: they stay on one side of every split. Not with `timeColumn`. */
  readonly groupColumn?: string;
  /** When each row happened: splits are tested on later rows than they are trained on. */
  readonly timeColumn?: string;
  /** Warn about classes with fewer rows; default 10. */
  readonly minRowsPerClass?: number;
  /** What must hold of the rows as they were read, whatever columns are learned from. */
  readonly checks?: readonly DataCheck[];
}

/** A table that may be trained on, and what is known about it. */
export interface PreparedTable extends TrainingRows {
  /** The features, the target and what rows are split by, in the source's order. */
  readonly table: Table;
  /** What of it is learned from, and what rows are split by, as a training is told. */
  readonly use: Pick<PrepareOptions, 'features' | 'groupColumn' | 'timeColumn'>;
  readonly target: string;
  readonly task: Task;
  /** Of the columns in `table`. */
  readonly columns: readonly ColumnSpec[];
  readonly profile: TableProfile;
  /** Of the checks that the caller asked for. */
  readonly checks?: DataCheckReport;
  /** Hex digits that are the same for the same rows, in whatever order and format. */
  readonly digest: string;
  /** Warnings; with an error there would be no prepared table. */
  readonly findings: readonly Finding[];
}

/**
 * Read and check the rows to train on. Nothing is invented, filled in or left out that the caller
 * did not ask for; where a fallback was used, the result says so.
 *
 * @throws {DataCheckFailedError} listing every error that the checks found.
 * @throws {DataChecksInvalidError} of `@gnu-mlops/preprocess`, for a formula that does not read.
 * @throws {ColumnNotFoundError} of `@gnu-mlops/core` when the target, a feature or a column that rows
 *   are split by is not there, naming the nearest column.
 * @throws the reader's `DATA_*` errors.
 */
export async function prepareTrainingTable(
  options: PrepareOptions,
  context: ReadContext = {},
): Promise<PreparedTable> {
  const { target, features, groupColumn, timeColumn } = options;
  const read = await readTrainingSource(options.source, context);
  const checked = options.checks && (await runChecks(read, options.checks));
  const targetColumn = columnNamed(read.table, target);
  const splitBy = [groupColumn, timeColumn].filter((name) => name !== undefined);
  for (const name of splitBy) columnNamed(read.table, name);
  const table =
    features === undefined ? read.table : takeNamed(read.table, [...features, target, ...splitBy]);
  const learnt = features ?? [...table.columns.keys()].filter((name) => !splitBy.includes(name));
  const task = options.task ?? inferTask(targetColumn);
  const findings = checkTrainingTable(takeNamed(table, [...learnt, target]), {
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
    use: {
      ...(features && { features }),
      ...(groupColumn !== undefined && { groupColumn }),
      ...(timeColumn !== undefined && { timeColumn }),
    },
    target,
    task,
    columns: signatureInputs(table),
    profile: profileTable(table),
    digest: digestTable(table),
    ...(checked && { checks: checked.report }),
    findings: [...(checked?.findings ?? []), ...findings],
  };
}

/** The named columns, in the table's order. */
function takeNamed(table: Table, names: readonly string[]): Table {
  const wanted = new Set(names);
  for (const name of wanted) columnNamed(table, name);
  return takeColumns(
    table,
    [...table.columns.keys()].filter((name) => wanted.has(name)),
  );
}
