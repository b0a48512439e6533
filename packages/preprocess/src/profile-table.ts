import type { Table } from '@gnu-mlops/core';
import type { ColumnProfile } from './column-profile.ts';
import { profileColumn } from './profile-column.ts';

/** What a table holds, in a few figures a column. Plain JSON. */
export interface TableProfile {
  readonly rowCount: number;
  /** In the table's order. */
  readonly columns: readonly ColumnProfile[];
}

/**
 * Describe every column: missing and different values, and the range, mean, spread and quantiles of
 * numbers and times, or the most frequent of texts and booleans.
 */
export function profileTable(table: Table): TableProfile {
  return {
    rowCount: table.rowCount,
    columns: Array.from(table.columns, ([name, column]) => profileColumn(name, column)),
  };
}
