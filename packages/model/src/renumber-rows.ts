import { renumberRows as renumberRecipeRows } from '@gnu-mlops/preprocess';
import { ScoreNotFiniteError } from './errors.ts';

/**
 * Score some rows of a table, and have errors, also those of the recipe, name the rows of the table.
 *
 * @param rowOf which row of the table one of the rows is; both 0-based.
 */
export function renumberRows<Result>(rowOf: (row: number) => number, doWork: () => Result): Result {
  try {
    return renumberRecipeRows(rowOf, doWork);
  } catch (error) {
    if (!(error instanceof ScoreNotFiniteError)) throw error;
    throw new ScoreNotFiniteError(rowOf(error.row), error.feature);
  }
}
