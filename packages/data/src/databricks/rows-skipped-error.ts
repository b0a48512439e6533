/** Rows of a result did not come although the server says that it sent them, or others came first. */
export class RowsSkippedError extends Error {
  /** @param row the first row that did not come, from 0. */
  constructor(row: number, instead: string, options?: ErrorOptions) {
    super(`row ${row + 1} was asked for, and the server sent ${instead}`, options);
  }
}
