import type { Pace } from '../pace.ts';
import { pivotTriangle } from './pivot-triangle.ts';
import { reduceToRowSpace } from './row-space.ts';
import {
  type Triangle,
  type TriangularMatrix,
  norm,
  smallestSingular,
  solveTransposed,
  solveUpper,
} from './triangle.ts';
import { turnApart } from './turn-apart.ts';

/** How far from the limit singular values must be for an estimate of them to tell the rank. */
export const CLEARLY = 100;

/** What rounding leaves of a row that is the sum of others, for each of them, beside the longest. */
const ROUNDING = 10 * Number.EPSILON;

/**
 * The shortest of all vectors that fulfil a triangular system as well as can be. Singular values up to
 * `tolerance` times the largest count as 0. They are computed only where an estimate does not tell how
 * many do. The triangle is used up.
 */
export async function solveTriangle(
  triangle: Triangle,
  tolerance: number,
  pace: Pace,
): Promise<Float64Array> {
  const { size, target } = triangle;
  if (await isClearlyOfFullRank(triangle, tolerance, pace)) {
    return solveUpper(triangle, target, pace);
  }
  const pivoted = await pivotTriangle(triangle, pace);
  const rank = await clearRank(pivoted, tolerance, pace);
  const inOrder =
    rank === undefined
      ? await solveBySingularValues(pivoted, tolerance, pace)
      : await solveFirstRows(pivoted, rank, pace);
  const solution = new Float64Array(size);
  for (let place = 0; place < size; place++) solution[pivoted.order[place]!] = inOrder[place]!;
  return solution;
}

/** Whether no singular value comes near `tolerance` times the largest. */
export async function isClearlyOfFullRank(
  triangle: TriangularMatrix,
  tolerance: number,
  pace: Pace,
): Promise<boolean> {
  return isOfFullRank(triangle, CLEARLY * tolerance * norm(triangle.values), pace);
}

async function isOfFullRank(
  triangle: TriangularMatrix,
  smallest: number,
  pace: Pace,
): Promise<boolean> {
  return (await smallestSingular(triangle, pace)) > smallest;
}

/** How many rows of a pivoted triangle count, where there is but rounding behind them and no doubt. */
async function clearRank(
  { size, values }: Triangle,
  tolerance: number,
  pace: Pace,
): Promise<number | undefined> {
  const first = Math.abs(values[0]!);
  let rank = 0;
  while (rank < size && Math.abs(values[rank * size + rank]!) > tolerance * first) rank++;
  if (norm(values.subarray(rank * size)) > ROUNDING * size * first) return undefined;
  const corner = new Float64Array(rank * rank);
  for (let row = 0; row < rank; row++) {
    corner.set(values.subarray(row * size, row * size + rank), row * rank);
  }
  const limit = CLEARLY * tolerance * norm(values);
  return (await isOfFullRank({ size: rank, values: corner }, limit, pace)) ? rank : undefined;
}

/** The shortest solution of the first rows, which none of the others changes. */
async function solveFirstRows(triangle: Triangle, rank: number, pace: Pace): Promise<Float64Array> {
  if (rank === 0) return new Float64Array(triangle.size);
  const space = await reduceToRowSpace(rowsOf(triangle).slice(0, rank), pace);
  return space.expand(await solveTransposed(space.triangle, triangle.target, pace));
}

/** The shortest solution by the rows' singular vectors, of which those of tiny singular values are left out. */
async function solveBySingularValues(
  triangle: Triangle,
  tolerance: number,
  pace: Pace,
): Promise<Float64Array> {
  const { size, values, target } = triangle;
  const rows = rowsOf(triangle);
  const numbers = target.slice(0, size);
  // What all that is shorter has in common counts as 0.
  const short = (tolerance * Math.abs(values[0]!)) / Math.sqrt(size);
  await turnApart(rows, numbers, { short, pace });
  const lengths = Float64Array.from(rows, norm);
  const kept = tolerance * lengths.reduce((most, each) => Math.max(most, each), 0);
  const solution = new Float64Array(size);
  for (const [s, row] of rows.entries()) {
    const length = lengths[s]!;
    if (length <= kept) continue;
    const share = numbers[s]! / length / length;
    for (let j = 0; j < size; j++) solution[j]! += share * row[j]!;
  }
  return solution;
}

function rowsOf({ size, values }: Triangle): Float64Array[] {
  return Array.from({ length: size }, (_, row) => values.subarray(row * size, (row + 1) * size));
}
