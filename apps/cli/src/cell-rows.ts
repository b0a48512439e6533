import { type Table, cellValue } from '@gnu-mlops/core';
import type { SplitInput } from '@gnu-mlops/predictor';

/** A table's rows in the form that a predictor takes. */
export function cellRows(table: Table): SplitInput {
  const columns = [...table.columns.values()];
  return {
    columns: [...table.columns.keys()],
    data: Array.from({ length: table.rowCount }, (_, row) =>
      columns.map((column) => cellValue(column, row)),
    ),
  };
}
