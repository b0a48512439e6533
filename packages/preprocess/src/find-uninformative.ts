import { type Column, columnLength, countMissing } from '@gnu-mlops/core';
import { countDistinct } from './count-distinct.ts';

/** Why nothing can be learnt from a column. */
export interface Uninformative {
  readonly cause: 'empty' | 'constant' | 'identifier';
  /** In words, for a report: "every row has the same value". */
  readonly reason: string;
}

/** Below this many rows, texts that all differ may still be chance. */
const fewestIdentifierRows = 10;

/** With up to this many categories, a text column is never too varied. */
const alwaysFewCategories = 20;

/**
 * Whether a column teaches nothing about other rows: it has no value, always the same value, or is a
 * text that is (nearly) different in every row, as names and keys are. A text counts as an
 * identifier when at least 10 rows have one and all differ, or when it has more than 20 different
 * values and more than half as many as rows that have one. Numbers never do.
 */
export function findUninformative(column: Column): Uninformative | undefined {
  const missing = countMissing(column);
  const present = columnLength(column) - missing;
  if (present === 0) return { cause: 'empty', reason: 'no row has a value' };
  const isText = column.kind === 'categorical' || column.kind === 'text';
  const distinct = countDistinct(column, isText ? Infinity : 1);
  if (distinct === 1 && missing === 0) {
    return { cause: 'constant', reason: 'every row has the same value' };
  }
  const isUnique = distinct === present && present >= fewestIdentifierRows;
  const isNearlyUnique = distinct > alwaysFewCategories && distinct > present / 2;
  if (!isText || !(isUnique || isNearlyUnique)) return undefined;
  const reason = `identifier or free text: ${distinct} different values in ${present} rows`;
  return { cause: 'identifier', reason };
}
