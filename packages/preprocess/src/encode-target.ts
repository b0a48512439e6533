import { type Column, type Task, countMissing, isMissing } from '@gnu-mlops/core';
import { createCategoryCoder } from './category-coder.ts';
import { cellsOf } from './cells.ts';
import { type Category, compareCategories, countCategories } from './count-categories.ts';
import { TargetInvalidError, TargetMissingError } from './errors.ts';
import { inferTask } from './infer-task.ts';

/** A target of classes. */
export interface ClassTarget {
  readonly task: 'classification';
  /** One a row: an index into `classes`. */
  readonly labels: Int32Array;
  /** As text: numbers ascending, false before true, all others by code point. Only those that occur. */
  readonly classes: readonly string[];
}

/** A target of amounts. */
export interface NumberTarget {
  readonly task: 'regression';
  /** One a row, finite, in the target's own unit. */
  readonly values: Float64Array;
}

/** What an estimator learns to predict. */
export type EncodedTarget = ClassTarget | NumberTarget;

/** Settings of {@link encodeTarget}. */
export interface EncodeTargetOptions {
  /** The column's name, for messages. */
  readonly name: string;
  /** Default: what {@link inferTask} says. */
  readonly task?: Task;
}

/** How many rows an error about missing cells names. */
export const namedRows = 5;

/**
 * Turn the column to predict into class codes or numbers.
 *
 * @throws {TargetMissingError} when cells are missing, naming how many and the first rows.
 * @throws {TargetInvalidError} when the column has no rows, or holds texts or infinite cells where
 *   numbers are to be predicted.
 */
export function encodeTarget(column: Column, options: EncodeTargetOptions): EncodedTarget {
  checkPresent(column, options.name);
  const task = options.task ?? inferTask(column);
  return task === 'classification'
    ? encodeClasses(column, options.name)
    : encodeNumbers(column, options.name);
}

function encodeClasses(column: Column, name: string): ClassTarget {
  const cells = cellsOf(column);
  const categories = [...countCategories(cells).counts.keys()].sort(compareCategories);
  if (categories.length === 0) throw new TargetInvalidError(name, 'has no rows. Provide some.');
  const codeOf = new Map(categories.map((category, code) => [category, code]));
  const code = createCategoryCoder({ column: name, codeOf, missing: 'error', unknown: 'error' });
  const classes = classNames(categories, column.kind);
  return { task: 'classification', labels: code(cells), classes };
}

/** What classes are called: of a boolean target false and true. */
export function classNames(categories: readonly Category[], kind: Column['kind']): string[] {
  return categories.map((category) =>
    kind === 'boolean' ? String(category === 1) : String(category),
  );
}

function encodeNumbers(column: Column, name: string): NumberTarget {
  const values = cellsOf(column);
  if (!(values instanceof Float64Array)) {
    throw new TargetInvalidError(
      name,
      `is ${column.kind}, and regression needs numbers. ` +
        'Choose the task classification, or another target.',
    );
  }
  if (values.length === 0) throw new TargetInvalidError(name, 'has no rows. Provide some.');
  const infinite = values.findIndex((value) => !Number.isFinite(value));
  if (infinite < 0) return { task: 'regression', values };
  throw infiniteTarget(name, infinite);
}

/** The error about an infinite cell. @param row 0-based. */
export function infiniteTarget(name: string, row: number): TargetInvalidError {
  const problem = `is infinite in row ${row + 1}. Correct the cell or remove the row.`;
  return new TargetInvalidError(name, problem, row);
}

function checkPresent(column: Column, name: string): void {
  const missingCount = countMissing(column);
  if (missingCount === 0) return;
  const rows: number[] = [];
  for (let row = 0; rows.length < Math.min(missingCount, namedRows); row++) {
    if (isMissing(column, row)) rows.push(row);
  }
  throw new TargetMissingError(name, missingCount, rows);
}
