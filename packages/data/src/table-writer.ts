import type { Table } from '@gnu-mlops/core';

/** Writes a table that comes in pieces. Nobody sees anything of it before `commit`. */
export interface TableWriter {
  /**
   * Append rows; all tables have the same columns, of the same kinds and in the same order. A table must
   * not be changed afterwards: its cells may be written later.
   */
  write(table: Table): Promise<void>;
  /** Put what was written in its place. At least one table, perhaps without rows, was written. */
  commit(): Promise<void>;
  /** Drop what was written. After `commit` it does nothing. */
  abort(): Promise<void>;
}
