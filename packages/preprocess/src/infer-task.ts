import {
  type Column,
  type ColumnKind,
  type Task,
  columnLength,
  countMissing,
} from '@gnu-mlops/core';
import { countDistinct } from './count-distinct.ts';

/** With more different whole numbers than this, they are amounts. */
export const mostClasses = 20;

/**
 * What a target column asks for when nobody says it.
 *
 * Texts, categories and booleans are classes. Whole numbers are classes when there are at most 20
 * different ones and these are few for the rows: two, or at most the square root of the number of
 * rows that have a value. All other columns are amounts. Counts of things can look like classes:
 * name the task where it matters.
 */
export function inferTask(column: Column): Task {
  const distinct = column.kind === 'integer' ? countDistinct(column, mostClasses) : 0;
  const present = columnLength(column) - countMissing(column);
  return inferTaskFrom({ kind: column.kind, distinct, present });
}

/** What {@link inferTask} looks at. */
export interface TargetFacts {
  readonly kind: ColumnKind;
  /** Of whole numbers: how many different ones there are; any number above 20 will do for more. */
  readonly distinct: number;
  /** Rows that have a value. */
  readonly present: number;
}

/** As {@link inferTask}, for a column that is known by figures only. */
export function inferTaskFrom({ kind, distinct, present }: TargetFacts): Task {
  if (kind === 'numeric' || kind === 'timestamp') return 'regression';
  if (kind !== 'integer') return 'classification';
  const isFew = distinct <= 2 || distinct <= Math.sqrt(present);
  return distinct <= mostClasses && isFew ? 'classification' : 'regression';
}
