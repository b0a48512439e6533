import { nearestName } from '@gnu-mlops/core';
import { FieldUnknownError } from './errors.ts';
import type { InputRows } from './input-rows.ts';

/**
 * Check that no row has a field beyond the features of the model.
 *
 * @throws {FieldUnknownError} naming the first row that does.
 */
export function checkFields(rows: InputRows, features: ReadonlySet<string>): void {
  const { firstRow = 0 } = rows;
  for (let row = 0; row < rows.rowCount; row++) {
    for (const column of rows.fieldsOf(row)) {
      if (features.has(column)) continue;
      const nearest = nearestName(column, features);
      throw new FieldUnknownError({ row: firstRow + row, column, nearest });
    }
  }
}
