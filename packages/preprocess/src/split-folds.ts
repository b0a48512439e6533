import { createRandom, shuffle } from '@gnu-mlops/core';
import { SplitInvalidError } from './errors.ts';
import { type ClassRows, rowsByClass } from './rows-by-class.ts';
import { type Split, splitByFlags } from './split.ts';

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
  if (!Number.isSafeInteger(folds) || folds < 2) {
    throw new SplitInvalidError(`${folds} folds are no cross-validation. Ask for 2 or more.`);
  }
  if (rowCount < folds) {
    throw new SplitInvalidError(
      `${rowCount} rows cannot fill ${folds} folds. Provide more rows or ask for fewer folds.`,
    );
  }
  const everyRow = Int32Array.from({ length: rowCount }, (_, row) => row);
  const classes =
    labels === undefined ? [{ label: 0, rows: everyRow }] : rowsByClass(labels, rowCount);
  checkClasses(classes, folds);
  const random = createRandom(options.seed);
  const foldOf = new Int32Array(rowCount);
  let dealt = 0;
  for (const { rows } of classes) {
    // Going on with the next fold where the last class ended keeps the folds' sizes equal.
    for (const row of shuffle(rows, random)) foldOf[row] = dealt++ % folds;
  }
  return Array.from({ length: folds }, (_, fold) => {
    const isTest = new Uint8Array(rowCount);
    for (let row = 0; row < rowCount; row++) if (foldOf[row] === fold) isTest[row] = 1;
    return splitByFlags(isTest);
  });
}

function checkClasses(classes: readonly ClassRows[], folds: number): void {
  const largest = classes.reduce((most, { rows }) => Math.max(most, rows.length), 0);
  if (largest >= folds) return;
  throw new SplitInvalidError(
    `The largest class has ${largest} rows, too few for ${folds} folds. ` +
      'Provide more rows or ask for fewer folds.',
  );
}
