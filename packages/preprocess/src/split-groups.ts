import { createRandom, shuffle } from '@gnu-mlops/core';
import { countTestRows } from './count-test-rows.ts';
import { rowsByClass } from './rows-by-class.ts';
import { type Split, splitByFlags } from './split.ts';

/** Settings of {@link splitGroups}. */
export interface GroupSplitOptions {
  /** Group codes, each at least 0; one a row. */
  readonly groups: Int32Array;
  /** The test side's share of the groups, in (0, 1); rounded up to whole groups. */
  readonly testSize: number;
  readonly seed: number;
}

/**
 * Split rows at random so that all rows of a group are on one side: the visits of one patient, the
 * orders of one customer.
 *
 * @throws {SplitInvalidError} when a side would get no group.
 * @see scikit-learn GroupShuffleSplit.
 */
export function splitGroups(options: GroupSplitOptions): Split {
  const { groups, testSize, seed } = options;
  const shuffled = shuffle(rowsByClass(groups, groups.length), createRandom(seed));
  const isTest = new Uint8Array(groups.length);
  for (const { rows } of shuffled.slice(0, countTestRows(shuffled.length, testSize, 'groups'))) {
    for (const row of rows) isTest[row] = 1;
  }
  return splitByFlags(isTest);
}
