import { SplitInvalidError } from './errors.ts';
import { type Split, splitByFlags } from './split.ts';

/**
 * Turn the fold of each row into one round a fold: tested on its rows, trained on all others.
 *
 * @param foldOf a number in [0, folds) for each row.
 */
export function roundsOfFolds(foldOf: Int32Array, folds: number): Split[] {
  return Array.from({ length: folds }, (_, fold) => {
    const isTest = new Uint8Array(foldOf.length);
    for (let row = 0; row < isTest.length; row++) if (foldOf[row] === fold) isTest[row] = 1;
    return splitByFlags(isTest);
  });
}

/**
 * Check that so many rows (or groups) can be dealt into so many folds.
 *
 * @throws {SplitInvalidError} when `folds` is no whole number of at least 2, or there are fewer rows.
 */
export function checkFoldCount(count: number, folds: number, unit: string = 'rows'): void {
  if (!Number.isSafeInteger(folds) || folds < 2) {
    throw new SplitInvalidError(`${folds} folds are no cross-validation. Ask for 2 or more.`);
  }
  if (count < folds) {
    throw new SplitInvalidError(
      `${count} ${unit} cannot fill ${folds} folds. Provide more ${unit} or ask for fewer folds.`,
    );
  }
}
