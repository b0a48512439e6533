import { createRandom, shuffle } from '@gnu-mlops/core';
import { SplitInvalidError } from './errors.ts';
import { checkFoldCount, roundsOfFolds } from './rounds-of-folds.ts';
import { type ClassRows, rowsByClass } from './rows-by-class.ts';
import type { Split } from './split.ts';

/** One round of a cross-validation: train on all folds but one, test on that one. */
export type Fold = Split;

/** Settings of {@link splitFolds}. */
export interface FoldOptions {
  readonly rowCount: number;
  /** Class codes, one a row: every fold then keeps the classes' proportions. */
  readonly labels?: Int32Array;
  /** At least 2. */
  readonly folds: number;
  readonly seed: number;
}

/** Folds draw from a stream of their own: the rows held out by the same seed say nothing of them. */
export const FOLD_STREAM = 1;

/**
 * Deal rows at random into folds of (nearly) equal size. Each row is tested in exactly one fold. The
 * same options give the same folds.
 *
 * With labels, the folds' counts of a class differ by at most one. A class of fewer rows than folds
 * is absent from some tests, and one of a single row from the training side of its fold.
 *
 * @throws {SplitInvalidError} when there are fewer rows than folds, or no class has as many rows.
 * @see scikit-learn KFold and StratifiedKFold, with shuffle.
 */
export function splitFolds(options: FoldOptions): Fold[] {
  const { rowCount, labels, folds } = options;
  checkFoldCount(rowCount, folds);
  const everyRow = Int32Array.from({ length: rowCount }, (_, row) => row);
  const classes =
    labels === undefined ? [{ label: 0, rows: everyRow }] : rowsByClass(labels, rowCount);
  checkClasses(classes, folds);
  const random = createRandom(options.seed, FOLD_STREAM);
  const foldOf = new Int32Array(rowCount);
  let dealt = 0;
  for (const { rows } of classes) {
    // Going on with the next fold where the last class ended keeps the folds' sizes equal.
    for (const row of shuffle(rows, random)) foldOf[row] = dealt++ % folds;
  }
  return roundsOfFolds(foldOf, folds);
}

function checkClasses(classes: readonly ClassRows[], folds: number): void {
  const largest = classes.reduce((most, { rows }) => Math.max(most, rows.length), 0);
  if (largest >= folds) return;
  throw new SplitInvalidError(
    `The largest class has ${largest} rows, too few for ${folds} folds. ` +
      'Provide more rows or ask for fewer folds.',
  );
}
