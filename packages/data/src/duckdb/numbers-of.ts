import type { DuckDBVector } from '@duckdb/node-api';

/**
 * The cells of a vector of DOUBLE, INTEGER or UTINYINT, none of which is NULL.
 *
 * The binding keeps them in an array that its types call private. To ask for one after the other takes
 * ten times as long, and is done where there is no such array.
 */
export function numbersOf(vector: DuckDBVector): ArrayLike<number> {
  const { items } = vector as unknown as { readonly items?: unknown };
  const isArray =
    items instanceof Float64Array || items instanceof Int32Array || items instanceof Uint8Array;
  if (isArray) return items;
  return Array.from({ length: vector.itemCount }, (_, i) => vector.getItem(i) as number);
}
