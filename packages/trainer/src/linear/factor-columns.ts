import type { Pace } from '../pace.ts';
import { factorCurvature, solveFactored } from './factor-curvature.ts';
import { isClearlyOfFullRank } from './solve-triangle.ts';
import { norm, smallestSingular, transposeInPlace } from './triangle.ts';

/** The products of columns with each other, and with a target. */
export interface ProductSystem {
  /** width x width, row-major, symmetric; the target comes last. */
  readonly products: Float64Array;
  readonly width: number;
  /** Of each column but the target: the square root of its product with itself. */
  readonly lengths: Float64Array;
}

/** Columns that do not depend on each other. */
export interface FactoredColumns {
  readonly columns: readonly number[];
  /** Solve products x solution = sums, one a column. */
  readonly solve: (sums: Float64Array) => Float64Array;
}

/**
 * The largest condition number, with columns of length 1. Products square it, so that some digits are
 * sure to be right before the first correction.
 */
const MOST_CONDITION = 1e5;

/**
 * Factor the products of some columns.
 *
 * @returns undefined where the columns depend on each other, or nearly so.
 */
export async function factorColumns(
  system: ProductSystem,
  { columns, tolerance }: { readonly columns: readonly number[]; readonly tolerance: number },
  pace: Pace,
): Promise<FactoredColumns | undefined> {
  const size = columns.length;
  const lengths = Float64Array.from(columns, (column) => system.lengths[column]!);
  const values = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) values[i * size + j] = cosine(system, columns[i]!, columns[j]!);
    values[i * (size + 1)] = 1;
  }
  const triangle = await factorCurvature({ values, size, lift: 0 }, pace);
  if (triangle === undefined) return undefined;
  values.set(triangle);
  transposeInPlace(values, size);
  const upper = { size, values };
  if (!((await smallestSingular(upper, pace)) * MOST_CONDITION > norm(values))) return undefined;
  for (let at = 0; at < values.length; at++) values[at]! *= lengths[at % size]!;
  if (!(await isClearlyOfFullRank(upper, tolerance, pace))) return undefined;
  const divide = (value: number, k: number) => value / lengths[k]!;
  return { columns, solve: (sums) => solveFactored(triangle, sums.map(divide)).map(divide) };
}

/** The product of two columns, had they the length 1. */
export function cosine({ products, width, lengths }: ProductSystem, i: number, j: number): number {
  return products[i * width + j]! / lengths[i]! / lengths[j]!;
}
