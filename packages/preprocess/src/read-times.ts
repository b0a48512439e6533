import { type Column } from '@gnu-mlops/core';
import { SplitInvalidError } from './errors.ts';
import { checkTimes } from './split-by-time.ts';

/**
 * The times of a column, to order rows by: timestamps in milliseconds, or numbers as they are, such
 * as a year.
 *
 * @param name of the column, for errors.
 * @throws {SplitInvalidError} when it holds no times, or one is missing.
 */
export function readTimes(column: Column, name: string): Float64Array {
  if (column.kind === 'timestamp' || column.kind === 'integer' || column.kind === 'numeric') {
    checkTimes(column.values);
    return column.values;
  }
  throw new SplitInvalidError(
    `The column "${name}" is ${column.kind}, and rows are put in order of time by a timestamp or a ` +
      'number. Name another column, or read this one as a datetime.',
  );
}
