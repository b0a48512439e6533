import type { Cells } from './cells.ts';
import { ValueNotFiniteError } from './errors.ts';

/** A hundred million squares of this still add up to a finite number. */
const largest = 1e150;

/**
 * Refuse cells that are infinite or too large to compute with; missing ones are fine.
 *
 * @throws {ValueNotFiniteError} naming the first one.
 */
export function checkFinite(column: string, values: Float64Array): void {
  for (let row = 0; row < values.length; row++) {
    if (Math.abs(values[row]!) > largest) throw new ValueNotFiniteError(column, row);
  }
}

/** The same where a category is refused that no recipe could hold; texts are fine. */
export function checkCategories({ name }: { readonly name: string }, cells: Cells): void {
  if (cells instanceof Float64Array) checkFinite(name, cells);
}
