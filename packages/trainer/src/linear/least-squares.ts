import type { Pace } from '../pace.ts';
import { blockRows } from './block-rows.ts';
import { foldRows } from './fold-rows.ts';
import { reduceToRowSpace } from './row-space.ts';
import { areProductsWorth, solveByProducts } from './solve-by-products.ts';
import { solveTriangle } from './solve-triangle.ts';

/** A system of linear equations to fulfil as well as can be. */
export interface LeastSquaresProblem {
  /** Unknowns. */
  readonly columnCount: number;
  /** Equations. */
  readonly rowCount: number;
  /**
   * Write what some equations, from the row `firstRow` on, have for an unknown, or for the target, which
   * stands behind the last unknown.
   */
  readonly fill: (into: Float64Array, column: number, firstRow: number) => void;
  /** Weight of the solution's own squares beside those of the errors. */
  readonly alpha: number;
}

/**
 * The shortest of all vectors that leave the smallest squared error. Constant, repeated or complementary
 * columns are no trouble.
 *
 * Where there are many equations, the products of their columns tell the solution if these are clearly
 * independent. Otherwise equations are folded into a triangle some at a time; where there are fewer than
 * unknowns, the unknowns are reduced first to the directions that equations have. The pace may rest
 * between steps.
 *
 * @returns one number a column.
 * @see numpy.linalg.lstsq: the same rank, max(rows, columns) x machine epsilon of the largest
 *   singular value.
 */
export async function solveLeastSquares(
  problem: LeastSquaresProblem,
  pace: Pace,
): Promise<Float64Array> {
  const { columnCount, rowCount, alpha } = problem;
  const equations = alpha === 0 ? rowCount : rowCount + columnCount;
  const tolerance = Math.max(columnCount, equations) * Number.EPSILON;
  return rowCount < columnCount
    ? solveWide(problem, tolerance, pace)
    : ((await solveByProducts(problem, tolerance, pace)) ?? solveTall(problem, tolerance, pace));
}

/** The bytes that a solution needs at most, besides the equations themselves. */
export function leastSquaresBytes(rowCount: number, columnCount: number): number {
  const size = Math.min(rowCount, columnCount);
  const rows = rowCount < columnCount ? rowCount * columnCount + size * size : 0;
  const squares = areProductsWorth(rowCount, columnCount) ? 4 : 2;
  return 8 * (rows + squares * size * size + blockRows(rowCount, size) * (size + 1));
}

async function solveTall(
  { columnCount: size, rowCount, fill, alpha }: LeastSquaresProblem,
  tolerance: number,
  pace: Pace,
): Promise<Float64Array> {
  const triangle = { size, values: new Float64Array(size * size), target: new Float64Array(size) };
  // One equation an unknown, sqrt(alpha) x unknown = 0, is the penalty.
  for (let j = 0; j < size; j++) triangle.values[j * size + j] = Math.sqrt(alpha);
  const atOnce = blockRows(rowCount, size);
  const room = new Float64Array(atOnce * (size + 1));
  for (let firstRow = 0; firstRow < rowCount; firstRow += atOnce) {
    const count = Math.min(atOnce, rowCount - firstRow);
    for (let column = 0; column <= size; column++) {
      fill(room.subarray(column * count, (column + 1) * count), column, firstRow);
      if (pace.isDue(count)) await pace.rest();
    }
    await foldRows(triangle, { rowCount: count, values: room }, pace);
  }
  return solveTriangle(triangle, tolerance, pace);
}

async function solveWide(
  { columnCount, rowCount, fill, alpha }: LeastSquaresProblem,
  tolerance: number,
  pace: Pace,
): Promise<Float64Array> {
  const rows = Array.from({ length: rowCount }, () => new Float64Array(columnCount));
  const column = new Float64Array(rowCount);
  for (let j = 0; j < columnCount; j++) {
    fill(column, j, 0);
    for (let row = 0; row < rowCount; row++) rows[row]![j] = column[row]!;
    if (pace.isDue(rowCount)) await pace.rest();
  }
  const { triangle, expand } = await reduceToRowSpace(rows, pace);
  const reduced: LeastSquaresProblem = {
    columnCount: rowCount,
    rowCount,
    alpha,
    fill(into, direction, firstRow) {
      if (direction === rowCount) return fillTarget(into, firstRow);
      const start = direction * rowCount + firstRow;
      into.set(triangle.values.subarray(start, start + into.length));
    },
  };
  const fillTarget = (into: Float64Array, firstRow: number) => fill(into, columnCount, firstRow);
  return expand(await solveTall(reduced, tolerance, pace));
}
