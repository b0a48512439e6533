/** Rows of any accepted form, seen alike. */
export interface InputRows {
  readonly rowCount: number;
  /** Which row of all rows the first is, 0-based; errors count from there. Default: 0. */
  readonly firstRow?: number;
  /** The JSON value of a field; undefined where the row does not have it. */
  readonly read: (row: number, field: string) => unknown;
  /** The names of the fields that a row has. */
  readonly fieldsOf: (row: number) => readonly string[];
}
