import { type Column, cellValue, columnLength, isMissing } from '@gnu-mlops/core';
import { SplitInvalidError } from './errors.ts';

/**
 * Number the distinct values of a column, in order of their first rows: the groups that a split must
 * keep together.
 *
 * @param name of the column, for errors.
 * @returns codes from 0 on, one a row.
 * @throws {SplitInvalidError} naming the first row whose group is missing.
 */
export function encodeGroups(column: Column, name: string): Int32Array {
  const codeOf = new Map<unknown, number>();
  const codes = new Int32Array(columnLength(column));
  for (let row = 0; row < codes.length; row++) {
    if (isMissing(column, row)) {
      throw new SplitInvalidError(
        `Row ${row + 1} has no group in "${name}". Fill it in or remove the row before splitting by groups.`,
      );
    }
    const value = cellValue(column, row);
    const code = codeOf.get(value) ?? codeOf.size;
    codeOf.set(value, code);
    codes[row] = code;
  }
  return codes;
}
