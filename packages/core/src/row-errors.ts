import { GnuMlopsError } from './errors.ts';

/** A row was asked for that the table does not have. */
export class RowOutOfRangeError extends GnuMlopsError {
  static readonly code = 'TABLE_ROW_OUT_OF_RANGE';
  /** 0-based. */
  readonly row: number;

  constructor(row: number, rowCount: number) {
    const range = rowCount === 0 ? 'is empty' : `has rows 0 to ${rowCount - 1}`;
    super(RowOutOfRangeError.code, `There is no row ${row}: the table ${range}.`);
    this.row = row;
  }
}
