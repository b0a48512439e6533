import { type LogisticProblem, addPenalty } from './logistic-problem.ts';
import { type Objective, addScaled, dot } from './objective.ts';
import type { Pace } from '../pace.ts';
import { type SumProducts, openProducts, wholeColumns } from './open-products.ts';

/** Rows whose probabilities are computed between two looks at the pace. */
const BLOCK_ROWS = 4096;

/** Values of columns that are gone through between two looks at the pace. */
const STRIDE_VALUES = 1e6;

/** Multiplications that the exponential of a score is worth. */
const MEASURE_WORK = 10;

/** The columns from `first` to before `to`. */
interface Strip {
  readonly first: number;
  readonly to: number;
}

/**
 * The mean log loss of several classes, plus the penalty, over classes x columns coefficients,
 * row-major, every class with its own.
 *
 * Adding one number to a column's coefficients of all classes changes no probability. Started at the
 * origin, gradients never point that way; the curvature gets a harmless rise in just these
 * directions, so that it can be solved with.
 *
 * @see scikit-learn LogisticRegression, multinomial: the same overparametrised minimum.
 */
export function softmaxLoss(problem: LogisticProblem, pace: Pace): Objective {
  const { columns, penalisedCount, penalty, shares } = problem;
  const { labels, classCount } = problem.target;
  const width = columns.length;
  const size = classCount * width;
  /** Columns that are gone through between two looks at the pace. */
  const stride = Math.ceil(STRIDE_VALUES / shares.length);
  const probabilities = Array.from({ length: classCount }, () => new Float64Array(shares.length));
  let sumProducts: SumProducts | undefined;

  async function evaluate(point: Float64Array, gradient: Float64Array): Promise<number> {
    let value = await fillProbabilities(point);
    for (const [k, classProbabilities] of probabilities.entries()) {
      const residuals = classProbabilities.map(
        (probability, row) => shares[row]! * (probability - Number(labels[row] === k)),
      );
      const classGradient = gradient.subarray(k * width, (k + 1) * width);
      await visitColumns((strip) => fillGradient(classGradient, residuals, strip));
      value += addPenalty(problem, coefficientsOf(point, k), classGradient);
    }
    return value;
  }

  /** Go through all columns, some at a time. */
  async function visitColumns(visit: (strip: Strip) => void): Promise<void> {
    for (let first = 0; first < width; first += stride) {
      const to = Math.min(first + stride, width);
      visit({ first, to });
      if (pace.isDue((to - first) * shares.length)) await pace.rest();
    }
  }

  function fillGradient(
    gradient: Float64Array,
    residuals: Float64Array,
    { first, to }: Strip,
  ): void {
    for (let j = first; j < to; j++) gradient[j] = dot(columns[j]!, residuals);
  }

  /** @returns the mean log loss. */
  async function fillProbabilities(point: Float64Array): Promise<number> {
    for (const [k, scores] of probabilities.entries()) {
      scores.fill(0);
      await visitColumns((strip) => addColumns(scores, coefficientsOf(point, k), strip));
    }
    let loss = 0;
    for (let from = 0; from < shares.length; from += BLOCK_ROWS) {
      const to = Math.min(from + BLOCK_ROWS, shares.length);
      loss = measure(loss, from, to);
      if (pace.isDue(MEASURE_WORK * classCount * (to - from))) await pace.rest();
    }
    return loss;
  }

  function addColumns(
    scores: Float64Array,
    coefficients: Float64Array,
    { first, to }: Strip,
  ): void {
    for (let j = first; j < to; j++) {
      if (coefficients[j] !== 0) addScaled(scores, columns[j]!, coefficients[j]!);
    }
  }

  /** Turn the scores of some rows into probabilities. @returns the loss with theirs added. */
  function measure(loss: number, from: number, to: number): number {
    for (let row = from; row < to; row++) {
      let highest = -Infinity;
      for (const scores of probabilities) highest = Math.max(highest, scores[row]!);
      const labelScore = probabilities[labels[row]!]![row]! - highest;
      let sum = 0;
      for (const scores of probabilities) sum += scores[row] = Math.exp(scores[row]! - highest);
      for (const scores of probabilities) scores[row]! /= sum;
      loss += shares[row]! * (Math.log(sum) - labelScore);
    }
    return loss;
  }

  function coefficientsOf(point: Float64Array, k: number): Float64Array {
    return point.subarray(k * width, (k + 1) * width);
  }

  async function curvature(point: Float64Array): Promise<Float64Array> {
    await fillProbabilities(point);
    const matrix = new Float64Array(size * size);
    const all = { ...wholeColumns(columns), weights: shares };
    sumProducts ??= await openProducts(all, pace);
    const rise = await sumProducts(all);
    for (let k = 0; k < classCount; k++) {
      for (let l = 0; l <= k; l++) {
        const spreads = shares.map((share, row) => {
          const probability = probabilities[k]![row]!;
          return share * probability * (Number(k === l) - probabilities[l]![row]!);
        });
        const block = await sumProducts({ ...all, weights: spreads });
        for (let j = 0; j < width; j++) {
          const diagonal = j * (width + 1);
          block[diagonal]! += rise[diagonal]! / classCount;
          if (k === l && j < penalisedCount) block[diagonal]! += penalty;
        }
        setBlock(matrix, block, k, l);
        setBlock(matrix, block, l, k);
      }
    }
    return matrix;
  }

  function setBlock(matrix: Float64Array, block: Float64Array, k: number, l: number): void {
    for (let i = 0; i < width; i++) {
      const from = block.subarray(i * width, (i + 1) * width);
      matrix.set(from, (k * width + i) * size + l * width);
    }
  }

  return { size, pace, evaluate, curvature };
}
