import { type LogisticProblem, addPenalty, linearPredictor } from './logistic-problem.ts';
import { type Objective, dot } from './objective.ts';
import { weightedProducts } from './weighted-products.ts';

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
export function softmaxLoss(problem: LogisticProblem): Objective {
  const { columns, penalisedCount, penalty, shares } = problem;
  const { labels, classCount } = problem.target;
  const width = columns.length;
  const size = classCount * width;
  const probabilities = Array.from({ length: classCount }, () => new Float64Array(shares.length));

  function evaluate(point: Float64Array, gradient: Float64Array): number {
    let value = fillProbabilities(point);
    probabilities.forEach((classProbabilities, k) => {
      const residuals = classProbabilities.map(
        (probability, row) => shares[row]! * (probability - Number(labels[row] === k)),
      );
      const classGradient = gradient.subarray(k * width, (k + 1) * width);
      columns.forEach((column, j) => (classGradient[j] = dot(column, residuals)));
      value += addPenalty(problem, coefficientsOf(point, k), classGradient);
    });
    return value;
  }

  /** @returns the mean log loss. */
  function fillProbabilities(point: Float64Array): number {
    probabilities.forEach((scores, k) =>
      linearPredictor(problem, coefficientsOf(point, k), scores),
    );
    let loss = 0;
    for (let row = 0; row < shares.length; row++) {
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

  function curvature(point: Float64Array): Float64Array {
    fillProbabilities(point);
    const matrix = new Float64Array(size * size);
    const rise = weightedProducts(columns, shares);
    for (let k = 0; k < classCount; k++) {
      for (let l = 0; l <= k; l++) {
        const spreads = shares.map((share, row) => {
          const probability = probabilities[k]![row]!;
          return share * probability * (Number(k === l) - probabilities[l]![row]!);
        });
        const block = weightedProducts(columns, spreads);
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

  return { size, evaluate, curvature };
}
