import { nearestName } from '@gnu-mlops/core';
import { FieldUnknownError } from './errors.ts';
import type { InputRows } from './input-rows.ts';

/**
 * Check that no row has a field beyond the features of the model.
 *
 * @throws {FieldUnknownError} naming the first row that does.
 */
export function checkFields(rows: InputRows, features: ReadonlySet<string>): void {
  for (let row = 0; row < rows.rowCount; row++) {
    for (const column of rows.fieldsOf(row)) {
      if (features.has(column)) continue;
      throw new FieldUnknownError({ row, column, nearest: nearestName(column, features) });
    }
  }
}
