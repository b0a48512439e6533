import { type Table, columnNamed, takeColumns } from '@gnu-mlops/core';
import { type EncodedTarget, encodeTarget } from '@gnu-mlops/preprocess';
import { ClassUnknownError } from './errors.ts';

/** Rows to stop early by: a table of the columns to learn from, and its target. */
export interface ValidationTable {
  readonly table: Table;
  /** Encoded as that of the training rows. */
  readonly target: EncodedTarget;
}

/** What the training rows look like. */
export interface TrainingShape {
  readonly table: Table;
  readonly targetName: string;
  readonly target: EncodedTarget;
}

/**
 * Encode the target of rows to stop early by as that of the training rows.
 *
 * @throws {ColumnNotFoundError} when a column that is learned from is not there.
 * @throws {ClassUnknownError} when a row has a class that no training row has.
 * @throws {TargetMissingError} when target cells are missing.
 */
export function encodeValidation(validation: Table, like: TrainingShape): ValidationTable {
  const { targetName: name, target } = like;
  const table = takeColumns(validation, [...like.table.columns.keys()]);
  const own = encodeTarget(columnNamed(table, name), { name, task: target.task });
  if (own.task !== 'classification' || target.task !== 'classification') {
    return { table, target: own };
  }
  const { classes } = target;
  const codes = own.classes.map((className) => {
    const code = classes.indexOf(className);
    if (code < 0) throw new ClassUnknownError(className, classes);
    return code;
  });
  const labels = own.labels.map((label) => codes[label]!);
  return { table, target: { ...target, labels } };
}
