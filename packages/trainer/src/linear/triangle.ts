import type { Pace } from '../pace.ts';

/** A square matrix with nothing below its diagonal. */
export interface TriangularMatrix {
  readonly size: number;
  /** size x size, row-major; what lies below the diagonal does not count. */
  readonly values: Float64Array;
}

/** A triangular system of linear equations, to which others can be reduced. */
export interface Triangle extends TriangularMatrix {
  /** One a row. */
  readonly target: Float64Array;
}

/** Solve triangle x solution = target, of which no diagonal entry is 0. */
export async function solveUpper(
  { size, values }: TriangularMatrix,
  target: Float64Array,
  pace: Pace,
): Promise<Float64Array> {
  const solution = target.slice(0, size);
  for (let row = size - 1; row >= 0; row--) {
    const start = row * size;
    let value = solution[row]!;
    for (let j = row + 1; j < size; j++) value -= values[start + j]! * solution[j]!;
    solution[row] = value / values[start + row]!;
    if (pace.isDue(size - row)) await pace.rest();
  }
  return solution;
}

/** Solve transposed triangle x solution = target, of which no diagonal entry is 0. */
export async function solveTransposed(
  { size, values }: TriangularMatrix,
  target: Float64Array,
  pace: Pace,
): Promise<Float64Array> {
  const solution = target.slice(0, size);
  for (let row = 0; row < size; row++) {
    const start = row * size;
    const value = solution[row]! / values[start + row]!;
    solution[row] = value;
    for (let j = row + 1; j < size; j++) solution[j]! -= values[start + j]! * value;
    if (pace.isDue(size - row)) await pace.rest();
  }
  return solution;
}

/** Steps towards the smallest singular value; each one multiplies its share by its distance to others. */
const STEPS = 4;

/**
 * The smallest singular value of a triangle, by inverse iteration from a start that favours nothing:
 * mostly right to a small factor, never below the true one. 0 where a diagonal entry is 0.
 */
export async function smallestSingular(triangle: TriangularMatrix, pace: Pace): Promise<number> {
  const { size, values } = triangle;
  for (let i = 0; i < size; i++) if (values[i * size + i] === 0) return 0;
  let direction: Float64Array = new Float64Array(size).map((_, i) => 1 + ((i * 0.618034) % 1));
  let smallest = Infinity;
  for (let step = 0; step < STEPS; step++) {
    const length = norm(direction);
    direction = direction.map((value) => value / length);
    const half = await solveTransposed(triangle, direction, pace);
    direction = await solveUpper(triangle, half, pace);
    smallest = Math.min(smallest, 1 / norm(half), norm(half) / norm(direction));
  }
  // Where numbers are too large to be told, the singular value is too small.
  return Number.isFinite(smallest) ? smallest : 0;
}

/** The length of a vector, or of a matrix that is taken for one. */
export function norm(values: Float64Array): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares);
}

/** Transpose a square matrix in its place. */
export function transposeInPlace(values: Float64Array, size: number): void {
  for (let row = 0; row < size; row++) {
    for (let column = row + 1; column < size; column++) {
      const value = values[row * size + column]!;
      values[row * size + column] = values[column * size + row]!;
      values[column * size + row] = value;
    }
  }
}
