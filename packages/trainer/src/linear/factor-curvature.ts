import type { Pace } from '../pace.ts';

/** A symmetric matrix, size x size, row-major, and the share of itself that its diagonal is lifted by. */
export interface LiftedMatrix {
  readonly values: Float64Array;
  readonly size: number;
  readonly lift: number;
}

/**
 * The lower triangle whose product with its transpose is the lifted matrix (Cholesky). A diagonal
 * entry that is not above 0 counts as 1.
 *
 * @returns size x size, row-major, zeros above the diagonal; undefined where the matrix is not
 *   positive definite.
 */
export async function factorCurvature(
  { values, size, lift }: LiftedMatrix,
  pace: Pace,
): Promise<Float64Array | undefined> {
  const triangle = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    const diagonal = values[row * size + row]!;
    const left =
      (diagonal > 0 ? diagonal * (1 + lift) : 1) - fillRow(triangle, values, { row, size });
    if (!(left > 0)) return undefined;
    triangle[row * size + row] = Math.sqrt(left);
    if (pace.isDue(row * row)) await pace.rest();
  }
  return triangle;
}

/** Fill a row up to its diagonal, those above it being known. @returns the sum of its squares. */
function fillRow(
  triangle: Float64Array,
  values: Float64Array,
  { row, size }: { row: number; size: number },
): number {
  const start = row * size;
  let squares = 0;
  for (let column = 0; column < row; column++) {
    const other = column * size;
    let sum = 0;
    for (let i = 0; i < column; i++) sum += triangle[other + i]! * triangle[start + i]!;
    const entry = (values[start + column]! - sum) / triangle[other + column]!;
    triangle[start + column] = entry;
    squares += entry * entry;
  }
  return squares;
}

/** Solve triangle x transposed triangle x solution = target. */
export function solveFactored(triangle: Float64Array, target: Float64Array): Float64Array {
  const size = target.length;
  const solution = target.slice();
  for (let k = 0; k < size; k++) {
    let value = solution[k]!;
    for (let i = 0; i < k; i++) value -= solution[i]! * triangle[k * size + i]!;
    solution[k] = value / triangle[k * size + k]!;
  }
  for (let k = size - 1; k >= 0; k--) {
    let value = solution[k]!;
    for (let i = k + 1; i < size; i++) value -= solution[i]! * triangle[i * size + k]!;
    solution[k] = value / triangle[k * size + k]!;
  }
  return solution;
}
