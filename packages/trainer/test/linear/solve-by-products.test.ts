import { createRandom } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { type LeastSquaresProblem, solveLeastSquares } from '../../src/linear/least-squares.ts';
import { foldRows } from '../../src/linear/fold-rows.ts';
import { solveByProducts } from '../../src/linear/solve-by-products.ts';
import { solveTriangle } from '../../src/linear/solve-triangle.ts';
import { createPace } from '../../src/pace.ts';

const pace = createPace(undefined);

function problemOf(
  columns: readonly Float64Array[],
  target: Float64Array,
  alpha = 0,
): LeastSquaresProblem {
  const all = [...columns, target];
  return {
    columnCount: columns.length,
    rowCount: target.length,
    alpha,
    fill: (into, column, firstRow) =>
      into.set(all[column]!.subarray(firstRow, firstRow + into.length)),
  };
}

const toleranceOf = ({ rowCount, columnCount, alpha }: LeastSquaresProblem) =>
  (rowCount + (alpha === 0 ? 0 : columnCount)) * Number.EPSILON;

/** The plain way: all equations at once by reflections. */
async function solveByFolding(problem: LeastSquaresProblem): Promise<Float64Array> {
  const { columnCount: size, rowCount, alpha, fill } = problem;
  const triangle = { size, values: new Float64Array(size * size), target: new Float64Array(size) };
  for (let j = 0; j < size; j++) triangle.values[j * size + j] = Math.sqrt(alpha);
  const values = new Float64Array(rowCount * (size + 1));
  for (let j = 0; j <= size; j++) fill(values.subarray(j * rowCount, (j + 1) * rowCount), j, 0);
  await foldRows(triangle, { rowCount, values }, pace);
  return solveTriangle(triangle, toleranceOf(problem), pace);
}

function distance(found: Float64Array, expected: Float64Array): number {
  return Math.hypot(...found.map((value, j) => value - expected[j]!)) / Math.hypot(...expected);
}

const rowCount = 4000;
const random = createRandom(31);
const normals = () => Float64Array.from({ length: rowCount }, () => random.nextNormal());
const amounts = Array.from({ length: 9 }, normals);
const noise = normals();
const target = noise.map((value, row) => value + amounts[0]![row]! - 3 * amounts[1]![row]!);

/** One column a category. */
function oneHot(count: number): Float64Array[] {
  const codes = noise.map(() => random.nextInt(count));
  return Array.from({ length: count }, (_, code) => codes.map((each) => Number(each === code)));
}

const centred = (column: Float64Array) => {
  const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
  return column.map((value) => value - mean);
};

const solvable: Record<string, readonly Float64Array[]> = {
  'independent columns': amounts,
  'columns of very different sizes': amounts.map((column, j) =>
    column.map((value) => value * 10 ** (j - 4)),
  ),
  'columns that go together': amounts.map((column, j) =>
    column.map((value, row) => value * 1e-3 + (j === 0 ? 0 : amounts[0]![row]!)),
  ),
  'all categories, with means left out': [
    ...amounts,
    ...[2, 5, 3].flatMap(oneHot),
    ...oneHot(2),
  ].map(centred),
  'a column repeated, turned round, scaled, and zeros': [
    ...amounts,
    amounts[2]!.slice(),
    amounts[3]!.map((value) => -1e3 * value),
    new Float64Array(rowCount),
    amounts[4]!.map((value, row) => value - amounts[5]![row]!),
  ],
  'a constant column, of which its mean leaves rounding': [
    ...amounts.slice(0, 3),
    new Float64Array(rowCount).map((_, row) => (row % 3) * 2 ** -54),
  ],
};

describe('solving by products', () => {
  for (const [name, columns] of Object.entries(solvable)) {
    it.each([0, 7])(`gives the solution of folding: ${name}, alpha %d`, async (alpha) => {
      const problem = problemOf(columns, target, alpha);
      const found = await solveByProducts(problem, toleranceOf(problem), pace);
      expect(found).toBeDefined();
      expect(distance(found!, await solveByFolding(problem))).toBeLessThan(1e-12);
      expect(await solveLeastSquares(problem, pace)).toEqual(found);
    });
  }

  it('is as exact as folding where half the digits are lost in the products', async () => {
    const share = 2 ** -13;
    const columns = amounts.map((column, j) =>
      column.map((value, row) => (j === 0 ? value : amounts[0]![row]! + share * value)),
    );
    const wanted = Float64Array.from(columns, (_, j) => 1 + j);
    const exact = noise.map((_, row) =>
      columns.reduce((sum, column, j) => sum + wanted[j]! * column[row]!, 0),
    );
    const problem = problemOf(columns, exact);
    const found = await solveByProducts(problem, toleranceOf(problem), pace);
    const folded = distance(await solveByFolding(problem), wanted);
    expect(folded).toBeGreaterThan(1e-14);
    expect(distance(found!, wanted)).toBeLessThan(3 * folded);
  });

  it.each([
    [
      'columns that are nearly equal',
      [...amounts, amounts[0]!.map((x, i) => x + 1e-9 * noise[i]!)],
    ],
    ['a column that hardly is any', [...amounts, noise.map((value) => value * 1e-12)]],
    ['numbers too large to square', amounts.map((column) => column.map((x) => x * 1e140))],
    ['numbers too small to square', amounts.map((column) => column.map((x) => x * 1e-140))],
    ['nothing but zeros', [new Float64Array(rowCount)]],
    ['powers of one column', Array.from({ length: 9 }, (_, p) => noise.map((x) => x ** (2 * p)))],
  ])('leaves to folding: %s', async (_, columns) => {
    const problem = problemOf(columns, target);
    expect(await solveByProducts(problem, toleranceOf(problem), pace)).toBeUndefined();
    const found = await solveLeastSquares(problem, pace);
    const folded = await solveByFolding(problem);
    const gap = found.map((value, j) => value - folded[j]!);
    expect(Math.hypot(...gap)).toBeLessThanOrEqual(1e-6 * Math.hypot(...folded));
  });

  it('leaves to folding a penalty that hardly tells dependent columns apart', async () => {
    const problem = problemOf([...amounts, amounts[0]!], target, 1e-7);
    expect(await solveByProducts(problem, toleranceOf(problem), pace)).toBeUndefined();
    const found = await solveLeastSquares(problem, pace);
    expect(distance(found, await solveByFolding(problem))).toBeLessThan(1e-6);
  });

  it('is 0 for a target of zeros, and nothing where a number is none', async () => {
    const zeros = problemOf(amounts, new Float64Array(rowCount));
    const found = await solveByProducts(zeros, toleranceOf(zeros), pace);
    expect(Array.from(found!)).toEqual(new Array(amounts.length).fill(0));
    const none = problemOf(amounts, target.with(7, NaN));
    expect(await solveByProducts(none, toleranceOf(none), pace)).toBeUndefined();
  });
});
