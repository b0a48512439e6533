import { infiniteTarget } from '../encode-target.ts';
import {
  CategoryUnknownError,
  TargetInvalidError,
  ValueNotFiniteError,
  ValueOutOfRangeError,
} from '../errors.ts';

/**
 * Do something with a chunk, and have errors name rows of all chunks rather than of this one.
 *
 * @param firstRow rows before the chunk.
 */
export function shiftRow(firstRow: number, doWork: () => void): void {
  try {
    doWork();
  } catch (error) {
    throw firstRow === 0 ? error : shifted(error, firstRow);
  }
}

function shifted(error: unknown, by: number): unknown {
  if (error instanceof ValueNotFiniteError) {
    return new ValueNotFiniteError(error.column, error.row + by);
  }
  if (error instanceof ValueOutOfRangeError) {
    return new ValueOutOfRangeError({ ...error, row: error.row + by }, error.needed);
  }
  if (error instanceof CategoryUnknownError) {
    return new CategoryUnknownError(error.column, error.row + by, error.category);
  }
  if (error instanceof TargetInvalidError && error.row !== undefined) {
    return infiniteTarget(error.column, error.row + by);
  }
  return error;
}
