import type { Pace } from '../pace.ts';
import { factorCurvature, solveFactored } from './factor-curvature.ts';
import { addScaled, dot } from './objective.ts';

/** Columns that depend on no others, and those that are sums of them. */
export interface PartedColumns {
  readonly size: number;
  readonly columns: readonly number[];
  readonly others: readonly number[];
}

/**
 * The shortest of all solutions that are as good as one in independent columns alone.
 *
 * @param solutions that one; then, for each of the others, what the columns make it of.
 * @returns undefined where the others are so long beside the columns that digits would be lost.
 */
export async function shortestOf(
  { size, columns, others }: PartedColumns,
  [given, ...makings]: readonly Float64Array[],
  pace: Pace,
): Promise<Float64Array | undefined> {
  const solution = new Float64Array(size);
  const own = given!.slice();
  if (others.length > 0) {
    const shares = await sharesOf(own, makings, pace);
    if (shares === undefined) return undefined;
    for (const [s, making] of makings.entries()) {
      addScaled(own, making, -shares[s]!);
      solution[others[s]!] = shares[s]!;
    }
  }
  for (const [k, column] of columns.entries()) solution[column] = own[k]!;
  return solution;
}

/** What each of the others is to take over: (I + B'B) shares = B' own, the makings being the columns of B. */
async function sharesOf(
  own: Float64Array,
  makings: readonly Float64Array[],
  pace: Pace,
): Promise<Float64Array | undefined> {
  const size = makings.length;
  const values = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) values[i * size + j] = dot(makings[i]!, makings[j]!);
    values[i * (size + 1)]! += 1;
    if (pace.isDue(i * own.length)) await pace.rest();
  }
  const triangle = await factorCurvature({ values, size, lift: 0 }, pace);
  const sums = Float64Array.from(makings, (making) => dot(making, own));
  return triangle && solveFactored(triangle, sums);
}
