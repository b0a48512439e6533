import type { Pace } from '../pace.ts';
import { type FactoredColumns, type ProductSystem, factorColumns } from './factor-columns.ts';
import { independentColumns } from './independent-columns.ts';
import type { LeastSquaresProblem } from './least-squares.ts';
import { addScaled, largestMagnitude } from './objective.ts';
import { openProducts } from './open-products.ts';
import { remainders } from './remainders.ts';
import { shortestOf } from './shortest-of.ts';
import { CLEARLY } from './solve-triangle.ts';

/** Of more unknowns, the products alone take more than the equations usually do. */
const MOST_UNKNOWNS = 4096;

/** Lengths of columns whose squares, and products of squares, are numbers with all their digits. */
const LEAST_LENGTH = 1e-60;
const MOST_LENGTH = 1e100;

/** What rounding may leave of a sum that is exact, as a share of it. */
const ROUNDING = 1e-13;

/** A correction of this share of the solution leaves but rounding to the next one. */
const ENOUGH = 1e-9;
const MOST_CORRECTIONS = 3;

/** Whether products of columns are tried. */
export function areProductsWorth(rowCount: number, columnCount: number): boolean {
  return columnCount <= MOST_UNKNOWNS && rowCount >= 2 * columnCount;
}

/**
 * Solve many equations by the products of their columns, which takes a fraction of the time that folding
 * them takes, and correct the solution by what it leaves of the equations themselves, until it is as
 * exact as one by reflections. Columns that are sums of others, as those of all categories are, are told
 * by these, and share with them so that the solution is the shortest.
 *
 * @returns undefined where it is not clear which columns depend on others, or digits would be lost: then
 *   the equations must be folded.
 * @see Bjorck, Numerical Methods for Least Squares Problems, 6.6: corrected seminormal equations.
 */
export async function solveByProducts(
  problem: LeastSquaresProblem,
  tolerance: number,
  pace: Pace,
): Promise<Float64Array | undefined> {
  const { columnCount: size, rowCount, fill, alpha } = problem;
  if (!areProductsWorth(rowCount, size)) return undefined;
  const width = size + 1;
  const all = { width, rowCount, fill };
  const sumProducts = await openProducts(all, pace);
  const products = await sumProducts(all);
  for (let j = 0; j < size; j++) products[j * (width + 1)]! += alpha;
  const lengths = Float64Array.from({ length: size }, (_, j) =>
    Math.sqrt(products[j * (width + 1)]!),
  );
  const longest = largestMagnitude(lengths);
  if (!(longest >= LEAST_LENGTH && longest <= MOST_LENGTH)) return undefined;
  const system = { products, lengths, width };
  // So little of a column is nothing beside the largest singular value, which is no less than `longest`.
  const nothing = (tolerance * longest) / CLEARLY;
  const factored = await factorIndependent(system, { nothing, tolerance }, pace);
  if (factored === undefined) return undefined;
  // A penalty is on all columns, and what solves some of them would bear it alone.
  if (alpha > 0 && factored.columns.length < size) return undefined;
  return solveChosen(problem, { system, factored, longest, nothing }, pace);
}

/** Factor the products of all columns that are something, or else of those that depend on no others. */
async function factorIndependent(
  system: ProductSystem,
  { nothing, tolerance }: { readonly nothing: number; readonly tolerance: number },
  pace: Pace,
): Promise<FactoredColumns | undefined> {
  const all = Array.from(system.lengths.keys()).filter((j) => system.lengths[j]! > nothing);
  const factored = await factorColumns(system, { columns: all, tolerance }, pace);
  if (factored !== undefined) return factored;
  const columns = await independentColumns(system, all, pace);
  if (columns.length === all.length) return undefined;
  return factorColumns(system, { columns, tolerance }, pace);
}

async function solveChosen(
  problem: LeastSquaresProblem,
  {
    system,
    factored,
    longest,
    nothing,
  }: {
    readonly system: ProductSystem;
    readonly factored: FactoredColumns;
    readonly longest: number;
    readonly nothing: number;
  },
  pace: Pace,
): Promise<Float64Array | undefined> {
  const { products, lengths, width } = system;
  const { columns, solve } = factored;
  const size = lengths.length;
  const isChosen = new Set(columns);
  const others = Array.from(lengths.keys()).filter((j) => !isChosen.has(j));
  const sides = [size, ...others];
  const solutions = sides.map((side) => {
    const solution = solve(
      Float64Array.from(columns, (column) => products[side * width + column]!),
    );
    return side === size ? solution : solution.map(withoutRounding(lengths[side]!));
  });
  const ofTarget = Math.sqrt(products.at(-1)!);
  for (let corrections = 0; corrections < MOST_CORRECTIONS; corrections++) {
    // What others are sums of is mostly right at once.
    const summed = corrections === 0 ? 1 : sides.length;
    const left = await remainders(problem, { columns, sides, solutions, summed }, pace);
    const changes = left.map(({ sums }) => sums && solve(sums));
    for (const [s, change] of changes.entries()) if (change) addScaled(solutions[s]!, change, 1);
    const isSolved = farthest(changes[0]!) <= ENOUGH * Math.max(ofTarget, farthest(solutions[0]!));
    const limit = corrections === 0 ? Math.min(nothing, ROUNDING * longest) : nothing;
    const areSums = left.slice(1).every(({ length }) => length <= limit);
    if (isSolved && areSums) return shortestOf({ size, columns, others }, solutions, pace);
  }
  return undefined;

  /** How much one column moves the target at most. */
  function farthest(values: Float64Array): number {
    return largestMagnitude(values.map((value, k) => value * lengths[columns[k]!]!));
  }

  /** Leaves out what a column has no part in, but for rounding. */
  function withoutRounding(length: number) {
    return (value: number, k: number) =>
      Math.abs(value) * lengths[columns[k]!]! <= ROUNDING * length ? 0 : value;
  }
}
