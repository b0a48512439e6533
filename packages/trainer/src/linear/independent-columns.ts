import type { Pace } from '../pace.ts';
import { type ProductSystem, cosine } from './factor-columns.ts';
import { dot } from './objective.ts';

/** Of a column of length 1, the least square of what is beside those before it. */
const LEAST_BESIDE = 1e-9;

/** The columns, in their order, that are not all but sums of those before them (Cholesky). */
export async function independentColumns(
  system: ProductSystem,
  columns: readonly number[],
  pace: Pace,
): Promise<number[]> {
  const chosen: number[] = [];
  /** What each chosen column has of the directions that those before it and itself add. */
  const rows: Float64Array[] = [];
  for (const column of columns) {
    const row = new Float64Array(chosen.length + 1);
    for (const [k, other] of rows.entries()) {
      const known = dot(other.subarray(0, k), row);
      row[k] = (cosine(system, column, chosen[k]!) - known) / other[k]!;
      if (pace.isDue(k)) await pace.rest();
    }
    const beside = 1 - dot(row, row);
    if (!(beside > LEAST_BESIDE)) continue;
    row[chosen.length] = Math.sqrt(beside);
    chosen.push(column);
    rows.push(row);
  }
  return chosen;
}
