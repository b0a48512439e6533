import { type Random, createRandom, shuffle } from '@gnu-mlops/core';
import { allocateProportionally } from './allocate-proportionally.ts';
import { countTestRows } from './count-test-rows.ts';
import { ClassTooSmallError, SplitInvalidError } from './errors.ts';
import { type ClassRows, rowsByClass } from './rows-by-class.ts';
import { type Split, splitByFlags } from './split.ts';

/** Settings of {@link splitTrainTest}. */
export interface TrainTestOptions {
  readonly rowCount: number;
  /** Class codes, one a row: both sides then keep the classes' proportions. */
  readonly labels?: Int32Array;
  /** The test side's share of the rows, in (0, 1); rounded up to whole rows. */
  readonly testSize: number;
  readonly seed: number;
}

/**
 * Split rows at random into a training and a test side. The same options give the same split.
 *
 * With labels, each class's rows are shared out by largest remainder as in scikit-learn; then, if
 * rounding left a class out of one side, it gets a row there from the class that has most.
 *
 * @throws {SplitInvalidError} when a side would be empty, or smaller than the number of classes.
 * @throws {ClassTooSmallError} when a class has a single row.
 * @see scikit-learn train_test_split(stratify=labels).
 */
export function splitTrainTest(options: TrainTestOptions): Split {
  const { rowCount, labels, testSize } = options;
  const testCount = countTestRows(rowCount, testSize);
  const random = createRandom(options.seed);
  const isTest = new Uint8Array(rowCount);
  if (labels === undefined) {
    const order = shuffle(
      Int32Array.from({ length: rowCount }, (_, row) => row),
      random,
    );
    for (const row of order.subarray(0, testCount)) isTest[row] = 1;
    return splitByFlags(isTest);
  }
  const classes = rowsByClass(labels, rowCount);
  const trainCounts = shareOut(classes, rowCount - testCount, random);
  classes.forEach(({ rows }, i) => {
    for (const row of shuffle(rows, random).subarray(trainCounts[i])) isTest[row] = 1;
  });
  return splitByFlags(isTest);
}

/** How many rows of each class are for training; every class is on both sides. */
function shareOut(classes: readonly ClassRows[], trainCount: number, random: Random): number[] {
  const counts = classes.map(({ rows }) => rows.length);
  const single = classes.filter(({ rows }) => rows.length < 2).map(({ label }) => label);
  if (single.length > 0) throw new ClassTooSmallError(single, 2);
  const testCount = counts.reduce((sum, count) => sum + count, -trainCount);
  for (const [side, count] of Object.entries({ training: trainCount, test: testCount })) {
    if (count >= classes.length) continue;
    throw new SplitInvalidError(
      `The ${side} side would have ${count} rows for ${classes.length} classes. ` +
        'Provide more rows or choose another test size, so that each class has a row on both sides.',
    );
  }
  const train = allocateProportionally(counts, trainCount, random);
  const test = counts.map((count, i) => count - train[i]!);
  fillEmpty(test, train);
  fillEmpty(train, test);
  return train;
}

/** Give each class without a row on one side a row there, from the class that has most there. */
function fillEmpty(side: number[], other: number[]): void {
  for (let i = 0; i < side.length; i++) {
    if (side[i]! > 0) continue;
    const donor = side.reduce((most, count, at) => (count > side[most]! ? at : most), 0);
    side[donor]!--;
    other[donor]!++;
    side[i]!++;
    other[i]!--;
  }
}
