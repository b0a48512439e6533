import { GnuMlopsError } from '@gnu-mlops/core';

/** Files that are to make one table differ in their columns. */
export class PartsDifferError extends GnuMlopsError {
  static readonly code = 'DATA_PARTS_DIFFER';
  readonly source: string;
  readonly column: string;

  constructor(source: string, column: string, problem: string) {
    super(
      PartsDifferError.code,
      `"${source}", column "${column}": ${problem}. Files of one table have the same columns; say the column's type where it was taken for two.`,
    );
    this.source = source;
    this.column = column;
  }
}
