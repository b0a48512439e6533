/** Row numbers (0-based, ascending) of the two sides of a split; no row is on both. */
export interface Split {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Make a split out of one flag a row. */
export function splitByFlags(isTest: Uint8Array): Split {
  let testCount = 0;
  for (const flag of isTest) testCount += flag;
  const train = new Int32Array(isTest.length - testCount);
  const test = new Int32Array(testCount);
  for (let row = 0, inTrain = 0, inTest = 0; row < isTest.length; row++) {
    if (isTest[row] === 1) test[inTest++] = row;
    else train[inTrain++] = row;
  }
  return { train, test };
}
