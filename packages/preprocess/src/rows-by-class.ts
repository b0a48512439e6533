import { SplitInvalidError } from './errors.ts';

/** The rows of one class. */
export interface ClassRows {
  readonly label: number;
  /** Ascending. */
  readonly rows: Int32Array;
}

/**
 * Gather the rows of each class, in order of each class's first row.
 *
 * @param labels class codes, each at least 0; one a row.
 * @throws {SplitInvalidError} when there are not `rowCount` labels, or one is negative.
 */
export function rowsByClass(labels: Int32Array, rowCount: number): ClassRows[] {
  if (labels.length !== rowCount) {
    throw new SplitInvalidError(
      `There are ${labels.length} labels for ${rowCount} rows. Pass one class code for each row.`,
    );
  }
  const rowsOf = new Map<number, number[]>();
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!;
    if (label < 0) {
      throw new SplitInvalidError(
        `Row ${row + 1} has the class code ${label}. Remove rows without a class first.`,
      );
    }
    const rows = rowsOf.get(label);
    if (rows === undefined) rowsOf.set(label, [row]);
    else rows.push(row);
  }
  return Array.from(rowsOf, ([label, rows]) => ({ label, rows: Int32Array.from(rows) }));
}
