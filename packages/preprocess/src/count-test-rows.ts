import { SplitInvalidError } from './errors.ts';

/**
 * How many of `count` rows (or groups) go to the test side: the share rounded up, as in scikit-learn.
 *
 * @throws {SplitInvalidError} when the share is not in (0, 1), or one side would be empty.
 */
export function countTestRows(count: number, testSize: number, unit: string = 'rows'): number {
  if (!(testSize > 0 && testSize < 1)) {
    throw new SplitInvalidError(
      `The test size ${testSize} is no share of the rows. Give a number between 0 and 1, such as 0.2.`,
    );
  }
  const testCount = Math.ceil(testSize * count);
  if (testCount === 0 || testCount >= count) {
    throw new SplitInvalidError(
      `${count} ${unit} cannot be split with test size ${testSize}: one side would be empty. ` +
        `Provide more ${unit} or choose another test size.`,
    );
  }
  return testCount;
}
