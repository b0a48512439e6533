import { createRandom } from '@gnu-mlops/core';
import fc from 'fast-check';
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { leastSquaresBytes, solveLeastSquares } from '../../src/linear/least-squares.ts';
import { type Pace, createPace } from '../../src/pace.ts';

/** Equations and unknowns as the rows and columns of a matrix, and how long the solution may be. */
interface DenseProblem {
  readonly rows: readonly (readonly number[])[];
  readonly target: readonly number[];
  readonly alpha: number;
}

/** The shortest least squares solution, from the singular values of the whole matrix by a library. */
function shortestSolution({ rows, target, alpha }: DenseProblem): Float64Array {
  const size = rows[0]!.length;
  const penalty = alpha === 0 ? [] : Array.from({ length: size }, (_, j) => unit(size, j, alpha));
  const matrix = new Matrix([...rows, ...penalty].map((row) => [...row]));
  const { leftSingularVectors, rightSingularVectors, diagonal } = new SingularValueDecomposition(
    matrix,
    { autoTranspose: true },
  );
  const limit = Math.max(matrix.rows, size) * Number.EPSILON * Math.max(...diagonal);
  const solution = new Float64Array(size);
  for (const [s, singular] of diagonal.entries()) {
    if (singular <= limit) continue;
    const share = target.reduce((sum, value, i) => sum + value * leftSingularVectors.get(i, s), 0);
    for (let j = 0; j < size; j++) {
      solution[j]! += (share / singular) * rightSingularVectors.get(j, s);
    }
  }
  return solution;
}

function unit(size: number, place: number, alpha: number): number[] {
  return Array.from({ length: size }, (_, j) => (j === place ? Math.sqrt(alpha) : 0));
}

function solve(
  { rows, target, alpha }: DenseProblem,
  pace: Pace = createPace(undefined),
): Promise<Float64Array> {
  const columnCount = rows[0]!.length;
  return solveLeastSquares(
    {
      columnCount,
      rowCount: rows.length,
      alpha,
      fill(into, column, firstRow) {
        for (let i = 0; i < into.length; i++) {
          const row = firstRow + i;
          into[i] = column === columnCount ? target[row]! : rows[row]![column]!;
        }
      },
    },
    pace,
  );
}

function distance(found: Float64Array, expected: Float64Array): number {
  const length = Math.hypot(...expected);
  return Math.hypot(...found.map((value, j) => value - expected[j]!)) / Math.max(length, 1e-3);
}

function randomProblem(rowCount: number, columnCount: number, alpha = 0): DenseProblem {
  const random = createRandom(5, rowCount * columnCount);
  const row = () => Array.from({ length: columnCount }, () => random.nextNormal());
  const rows = Array.from({ length: rowCount }, row);
  return { rows, alpha, target: rows.map(() => random.nextNormal()) };
}

/** Singular values that come down to 0 without a gap. */
function hilbert(size: number): DenseProblem {
  const rows = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (__, j) => 1 / (i + j + 1)),
  );
  return { rows, alpha: 0, target: rows.map((row) => row.reduce((sum, value) => sum + value, 0)) };
}

describe('a least squares solution', () => {
  it('is the shortest of the best, whatever the shape and the rank', async () => {
    const problems = fc
      .record({ rowCount: fc.integer({ min: 1, max: 12 }), size: fc.integer({ min: 1, max: 12 }) })
      .chain(({ rowCount, size }) => {
        const digits = (length: number) =>
          fc.array(fc.integer({ min: -3, max: 3 }), { minLength: length, maxLength: length });
        const rows = fc.array(digits(size), { minLength: rowCount, maxLength: rowCount });
        const alpha = fc.constantFrom(0, 0, 0.5, 100);
        return fc.record({ rows, target: digits(rowCount), alpha });
      });
    await fc.assert(
      fc.asyncProperty(problems, async (problem) => {
        const found = await solve(problem);
        expect(distance(found, shortestSolution(problem))).toBeLessThan(1e-10);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it.each([
    ['tall, in several blocks', 3000, 30, 0],
    ['tall, with a penalty', 3000, 30, 10],
    ['square', 40, 40, 0],
    ['wide', 20, 90, 0],
    ['wide, with a penalty', 20, 90, 3],
  ])('equals that by the singular values of the whole matrix: %s', async (_, n, d, alpha) => {
    const problem = randomProblem(n, d, alpha);
    expect(distance(await solve(problem), shortestSolution(problem))).toBeLessThan(1e-12);
  });

  it('is the shortest where columns are repeated, complementary and constant', async () => {
    const { rows, ...rest } = randomProblem(500, 12);
    const dependent = rows.map((row) => [...row, row[0]! + row[1]!, row[2]!, 0, -row[3]! * 1e3]);
    const problem = { ...rest, rows: dependent };
    const found = await solve(problem);
    expect(distance(found, shortestSolution(problem))).toBeLessThan(1e-11);
    expect(found[14]).toBe(0);
    expect(found[2]).toBeCloseTo(found[13]!, 12);
  });

  it('leaves out what is lost in rounding, where singular values have no gap', async () => {
    const problem = hilbert(14);
    const expected = shortestSolution(problem);
    const found = await solve(problem);
    const errorOf = (solution: Float64Array) =>
      Math.hypot(
        ...problem.rows.map(
          (row, i) =>
            row.reduce((sum, value, j) => sum + value * solution[j]!, 0) - problem.target[i]!,
        ),
      );
    expect(errorOf(found)).toBeLessThan(1e-13);
    expect(Math.hypot(...found)).toBeCloseTo(Math.hypot(...expected), 4);
    expect(distance(found, expected)).toBeLessThan(1e-2);
  });

  it('of nothing but zeros is 0', async () => {
    const zeros = {
      rows: [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
      target: [1, 2, 3],
      alpha: 0,
    };
    expect(Array.from(await solve(zeros))).toEqual([0, 0]);
    const wide = { rows: [[0, 0, 0]], target: [1], alpha: 0 };
    expect(Array.from(await solve(wide))).toEqual([0, 0, 0]);
  });

  it.each([
    ['many equations', randomProblem(3000, 20), 3000 * 20 ** 2],
    ['many unknowns', randomProblem(20, 3000), 3000 * 20 ** 2],
    ['many unknowns and a penalty', randomProblem(20, 3000, 1), 3000 * 20 ** 2],
    ['unknowns that are hard to tell apart', hilbert(30), 4 * 30 ** 3],
  ])('counts its work, so that it can rest: %s', async (_, problem, least) => {
    let work = 0;
    const largest = { work: 0 };
    const count = (multiplications: number) => {
      work += multiplications;
      largest.work = Math.max(largest.work, multiplications);
      return false;
    };
    await solve(problem, { isDue: count, rest: async () => {} });
    expect(work).toBeGreaterThan(least);
    expect(largest.work).toBeLessThan(1e6);
  });

  it('takes memory by the smaller side, and wide equations once more', () => {
    const gibibyte = 2 ** 30;
    expect(leastSquaresBytes(10_000_000, 100)).toBeLessThan(gibibyte / 1000);
    expect(leastSquaresBytes(100, 65_536)).toBeLessThan(gibibyte / 10);
    expect(leastSquaresBytes(20_000, 65_536)).toBeGreaterThan(12 * gibibyte);
    expect(leastSquaresBytes(1_000_000, 20_000)).toBeGreaterThan(5 * gibibyte);
  });
});
