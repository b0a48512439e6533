import { type Column, type Task, columnLength, countMissing } from '@gnu-mlops/core';
import { countDistinct } from './count-distinct.ts';

/** With more different whole numbers than this, they are amounts. */
const mostClasses = 20;

/**
 * What a target column asks for when nobody says it.
 *
 * Texts, categories and booleans are classes. Whole numbers are classes when there are at most 20
 * different ones and these are few for the rows: two, or at most the square root of the number of
 * rows that have a value. All other columns are amounts. Counts of things can look like classes:
 * name the task where it matters.
 */
export function inferTask(column: Column): Task {
  if (column.kind === 'numeric' || column.kind === 'timestamp') return 'regression';
  if (column.kind !== 'integer') return 'classification';
  const distinct = countDistinct(column, mostClasses);
  const present = columnLength(column) - countMissing(column);
  const isFew = distinct <= 2 || distinct <= Math.sqrt(present);
  return distinct <= mostClasses && isFew ? 'classification' : 'regression';
}
