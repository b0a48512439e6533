import { GnuMlopsError } from './errors.ts';
import type { SignatureType } from './signature.ts';

/** A column was asked for that the table does not have. */
export class ColumnNotFoundError extends GnuMlopsError {
  static readonly code = 'TABLE_COLUMN_NOT_FOUND';
  readonly column: string;

  constructor(column: string, nearest?: string) {
    const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
    super(ColumnNotFoundError.code, `The table has no column "${column}".${hint}`);
    this.column = column;
  }
}

/** Two columns of one table share a name. */
export class ColumnDuplicateError extends GnuMlopsError {
  static readonly code = 'TABLE_COLUMN_DUPLICATE';
  readonly column: string;

  constructor(column: string) {
    super(
      ColumnDuplicateError.code,
      `Two columns are named "${column}". Rename one of them: every column needs its own name.`,
    );
    this.column = column;
  }
}

/** The columns of one table differ in length. */
export class ColumnLengthError extends GnuMlopsError {
  static readonly code = 'TABLE_COLUMN_LENGTH';
  readonly column: string;

  constructor(column: string, length: number, expected: number) {
    super(
      ColumnLengthError.code,
      `Column "${column}" has ${length} cells where the table has ${expected} rows.`,
    );
    this.column = column;
  }
}

/** A cell's text or value is none of the column's type. */
export class CellTypeError extends GnuMlopsError {
  static readonly code = 'TABLE_CELL_TYPE';
  readonly column: string;
  /** 0-based, counted from the first data row of the table being built. */
  readonly row: number;
  readonly type: SignatureType;

  constructor(spec: { name: string; type: SignatureType }, row: number, value: unknown) {
    super(
      CellTypeError.code,
      `Row ${row + 1}, column "${spec.name}": ${quoteValue(value)} is not ${typeInWords[spec.type]}.`,
    );
    this.column = spec.name;
    this.row = row;
    this.type = spec.type;
  }
}

const typeInWords: Record<SignatureType, string> = {
  boolean: 'a boolean (true or false)',
  integer: 'a whole number',
  long: 'a whole number',
  float: 'a number',
  double: 'a number',
  string: 'a text',
  datetime: 'an ISO 8601 date or time',
};

function quoteValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value !== 'string') return String(value);
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
}
