import type { Pace } from '../pace.ts';
import { blockRows } from './block-rows.ts';
import type { LeastSquaresProblem } from './least-squares.ts';
import { addScaled, dot } from './objective.ts';

/** Sides of equations in the same columns, and what solves each. */
export interface SolvedSides {
  readonly columns: readonly number[];
  /** Columns, or behind the last of all the target. */
  readonly sides: readonly number[];
  /** One number a column, for each side; what is 0 takes no time. */
  readonly solutions: readonly Float64Array[];
  /** Of so many sides, the first ones, the products with the columns are wanted. */
  readonly summed: number;
}

/** What a solution leaves of its side. */
export interface Remainder {
  /** Its products with the columns, less the penalty's part: 0 where the solution is the best. */
  readonly sums: Float64Array | undefined;
  readonly length: number;
}

/** What solutions leave of the equations: not by products, but of every row. */
export async function remainders(
  { columnCount, rowCount, fill, alpha }: LeastSquaresProblem,
  { columns, sides, solutions, summed }: SolvedSides,
  pace: Pace,
): Promise<Remainder[]> {
  const sums = solutions
    .slice(0, summed)
    .map((solution) => solution.map((value) => -alpha * value));
  const squares = new Float64Array(sides.length);
  const atOnce = blockRows(rowCount, columnCount);
  const room = Array.from({ length: columnCount + 1 }, () => new Float64Array(atOnce));
  for (let firstRow = 0; firstRow < rowCount; firstRow += atOnce) {
    const count = Math.min(atOnce, rowCount - firstRow);
    const block = count === atOnce ? room : room.map((values) => values.subarray(0, count));
    for (const column of [...columns, ...sides]) fill(block[column]!, column, firstRow);
    for (const [s, side] of sides.entries()) {
      const left = block[side]!;
      const terms = subtract(left, { block, columns, solution: solutions[s]! });
      const sum = sums[s];
      if (sum) columns.forEach((column, k) => (sum[k]! += dot(block[column]!, left)));
      squares[s]! += dot(left, left);
      if (pace.isDue(count * (terms + (sum ? columns.length : 0)))) await pace.rest();
    }
  }
  return sides.map((_, s) => ({ sums: sums[s], length: Math.sqrt(squares[s]!) }));
}

/** Take a solution's columns from what is left. @returns how many there were. */
function subtract(
  left: Float64Array,
  {
    block,
    columns,
    solution,
  }: {
    readonly block: readonly Float64Array[];
    readonly columns: readonly number[];
    readonly solution: Float64Array;
  },
): number {
  const terms = Array.from(columns, (column, k) => [block[column]!, -solution[k]!] as const).filter(
    ([, factor]) => factor !== 0,
  );
  for (let t = 0; t + 1 < terms.length; t += 2) addTwo(left, terms[t]!, terms[t + 1]!);
  if (terms.length % 2 === 1) addScaled(left, ...terms.at(-1)!);
  return terms.length;
}

type Term = readonly [values: Float64Array, factor: number];

/** Add two columns at once, so that what is left is read and written once. */
function addTwo(left: Float64Array, [first, by]: Term, [second, times]: Term): void {
  for (let i = 0; i < left.length; i++) left[i]! += by * first[i]! + times * second[i]!;
}
