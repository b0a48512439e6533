import { type LogisticProblem, addPenalty } from './logistic-problem.ts';
import type { Objective } from './objective.ts';
import type { Pace } from '../pace.ts';
import { type SumProducts, openProducts, wholeColumns } from './open-products.ts';

/** Rows that are gone through at once, with what they hold of all columns in the nearest cache. */
const BLOCK_ROWS = 512;

/** Multiplications that the exponential and the logarithm of a row are worth. */
const MEASURE_WORK = 20;

/**
 * The mean log loss of two classes, plus the penalty, over one coefficient a column: the log odds of
 * the second class.
 */
export function binaryLoss(problem: LogisticProblem, pace: Pace): Objective {
  const { columns, penalisedCount, penalty, shares } = problem;
  const { labels } = problem.target;
  const logOdds = new Float64Array(BLOCK_ROWS);
  const residuals = new Float64Array(BLOCK_ROWS);
  /** share x p x (1 - p) of each row, at the point that was evaluated last. */
  const spreads = new Float64Array(shares.length);
  let evaluated: Float64Array | undefined;
  let sumProducts: SumProducts | undefined;

  async function evaluate(point: Float64Array, gradient: Float64Array): Promise<number> {
    let loss = 0;
    gradient.fill(0);
    for (let from = 0; from < shares.length; from += BLOCK_ROWS) {
      const count = Math.min(BLOCK_ROWS, shares.length - from);
      predict(point, from, count);
      loss += measure(from, count);
      addGradient(gradient, from, count);
      if (pace.isDue((2 * columns.length + MEASURE_WORK) * count)) await pace.rest();
    }
    evaluated = point;
    return loss + addPenalty(problem, point, gradient);
  }

  function predict(point: Float64Array, from: number, count: number): void {
    logOdds.fill(0);
    for (let j = 0; j < columns.length; j++) {
      const coefficient = point[j]!;
      const column = columns[j]!;
      if (coefficient === 0) continue;
      for (let row = 0; row < count; row++) logOdds[row]! += coefficient * column[from + row]!;
    }
  }

  /** Take down residuals and spreads of some rows. @returns their share of the loss. */
  function measure(from: number, count: number): number {
    let loss = 0;
    for (let i = 0; i < count; i++) {
      const row = from + i;
      const share = shares[row]!;
      const odds = logOdds[i]!;
      // The one exponential never overflows: of the odds against the likelier class.
      const rarer = Math.exp(-Math.abs(odds));
      const likelier = 1 / (1 + rarer);
      const probability = odds >= 0 ? likelier : rarer * likelier;
      loss += share * (Math.max(odds, 0) + Math.log1p(rarer) - labels[row]! * odds);
      residuals[i] = share * (probability - labels[row]!);
      spreads[row] = share * rarer * likelier * likelier;
    }
    return loss;
  }

  function addGradient(gradient: Float64Array, from: number, count: number): void {
    for (let j = 0; j < columns.length; j++) {
      const column = columns[j]!;
      let sum = 0;
      for (let row = 0; row < count; row++) sum += column[from + row]! * residuals[row]!;
      gradient[j]! += sum;
    }
  }

  async function curvature(point: Float64Array): Promise<Float64Array> {
    if (point !== evaluated) await evaluate(point, new Float64Array(columns.length));
    const all = { ...wholeColumns(columns), weights: spreads };
    sumProducts ??= await openProducts(all, pace);
    const products = await sumProducts(all);
    for (let j = 0; j < penalisedCount; j++) products[j * (columns.length + 1)]! += penalty;
    return products;
  }

  return { size: columns.length, pace, evaluate, curvature };
}
