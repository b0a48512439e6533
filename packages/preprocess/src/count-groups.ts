import { rowsByClass } from './rows-by-class.ts';

/** The rows of one group, and how many are of each class. */
export interface CountedGroup {
  /** Ascending. */
  readonly rows: Int32Array;
  /** One count a class, in the order of the totals. */
  readonly counts: Float64Array;
}

/** Groups in order of their first rows. */
export interface CountedGroups {
  readonly groups: readonly CountedGroup[];
  /** Rows of each class that occurs; all rows as one class where there are no labels. */
  readonly totals: Float64Array;
}

/**
 * Gather the rows of each group and count their classes.
 *
 * @param groups group codes, each at least 0; one a row.
 * @param labels class codes, each at least 0; one a row.
 * @throws {SplitInvalidError} when a code is negative, or there are not as many of both.
 */
export function countGroups(groups: Int32Array, labels?: Int32Array): CountedGroups {
  const rowCount = groups.length;
  const classes = labels === undefined ? [] : rowsByClass(labels, rowCount);
  const codeOf = new Map(classes.map(({ label }, code) => [label, code]));
  const classCount = Math.max(1, classes.length);
  const totals = new Float64Array(classCount);
  const counted = rowsByClass(groups, rowCount).map(({ rows }) => {
    const counts = new Float64Array(classCount);
    for (const row of rows) counts[labels === undefined ? 0 : codeOf.get(labels[row]!)!]!++;
    counts.forEach((count, code) => (totals[code]! += count));
    return { rows, counts };
  });
  return { groups: counted, totals };
}
