import {
  type LogisticProblem,
  addPenalty,
  linearPredictor,
  weightedProducts,
} from './logistic-problem.ts';
import { type Objective, dot } from './objective.ts';

/**
 * The mean log loss of two classes, plus the penalty, over one coefficient a column: the log odds of
 * the second class.
 */
export function binaryLoss(problem: LogisticProblem): Objective {
  const { columns, penalisedCount, penalty, shares } = problem;
  const { labels } = problem.target;
  const logOdds = new Float64Array(shares.length);
  const residuals = new Float64Array(shares.length);

  function evaluate(point: Float64Array, gradient: Float64Array): number {
    linearPredictor(problem, point, logOdds);
    let loss = 0;
    for (let row = 0; row < shares.length; row++) {
      const odds = logOdds[row]!;
      const isSecond = labels[row]!;
      loss += shares[row]! * (softplus(odds) - isSecond * odds);
      residuals[row] = shares[row]! * (sigmoid(odds) - isSecond);
    }
    columns.forEach((column, j) => (gradient[j] = dot(column, residuals)));
    return loss + addPenalty(problem, point, gradient);
  }

  function curvature(point: Float64Array): Float64Array {
    linearPredictor(problem, point, logOdds);
    const spreads = shares.map((share, row) => {
      const probability = sigmoid(logOdds[row]!);
      return share * probability * (1 - probability);
    });
    const products = weightedProducts(columns, spreads);
    for (let j = 0; j < penalisedCount; j++) products[j * (columns.length + 1)]! += penalty;
    return products;
  }

  return { size: columns.length, evaluate, curvature };
}

function sigmoid(logOdds: number): number {
  return logOdds >= 0 ? 1 / (1 + Math.exp(-logOdds)) : 1 - 1 / (1 + Math.exp(logOdds));
}

/** log(1 + exp(x)) without overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
