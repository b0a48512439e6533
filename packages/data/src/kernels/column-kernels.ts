/** Reads the columns of a batch whose rows kernels have scanned. */
export interface ColumnKernels {
  /** Put a column's numbers, and which of them are whole, into the batch. @returns what was seen. */
  readNumbers(column: number): number;
  /**
   * Put the codes of a column's texts into `codes`, by the row. `owner` tells one numbering of texts
   * from another: with a new one nothing is known.
   *
   * @returns how many are unknown.
   */
  lookUpTexts(column: number, owner: object): number;
  /** What the last look-up found. */
  readonly codes: Int32Array;
  /** Know the text of a row's cell, in the column looked up last, by its code from now on. */
  rememberText(row: number, code: number): void;
  /** The bytes of a column's cells, one cell behind the other; good until the next call. */
  packTexts(column: number): PackedTexts;
}

/** The cells of one column as one text. */
export interface PackedTexts {
  readonly bytes: Buffer;
  /** Where each row's cell ends. */
  readonly ends: Int32Array;
  readonly isAscii: boolean;
}
