import { infiniteTarget } from './encode-target.ts';
import {
  CategoryUnknownError,
  TargetInvalidError,
  ValueNotFiniteError,
  ValueOutOfRangeError,
} from './errors.ts';

/**
 * Do something with some rows of a table, and have errors name the rows of the table.
 *
 * @param rowOf which row of the table one of the rows is; both 0-based.
 */
export function renumberRows<Result>(rowOf: (row: number) => number, doWork: () => Result): Result {
  try {
    return doWork();
  } catch (error) {
    throw renumbered(error, rowOf);
  }
}

function renumbered(error: unknown, rowOf: (row: number) => number): unknown {
  if (error instanceof ValueNotFiniteError) {
    return new ValueNotFiniteError(error.column, rowOf(error.row));
  }
  if (error instanceof ValueOutOfRangeError) {
    return new ValueOutOfRangeError({ ...error, row: rowOf(error.row) }, error.needed);
  }
  if (error instanceof CategoryUnknownError) {
    return new CategoryUnknownError(error.column, rowOf(error.row), error.category);
  }
  if (error instanceof TargetInvalidError && error.row !== undefined) {
    return infiniteTarget(error.column, rowOf(error.row));
  }
  return error;
}
