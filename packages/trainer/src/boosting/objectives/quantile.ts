import type { Objective } from '../objective.ts';
import { meanLoss } from './weighted-mean.ts';
import { weightedQuantile } from './weighted-quantile.ts';

/** Pinball loss: the share `alpha` of the targets should lie below the score. */
export function quantileObjective(alpha: number): Objective {
  return {
    outputCount: 1,
    link: 'identity',
    kernel: undefined,
    startScores: ({ targets, weights }) =>
      Float64Array.of(weightedQuantile(targets, weights, alpha)),
    fillGradients({ scores, targets }, { from, to, gradients, hessians }) {
      for (let row = from; row < to; row++) {
        gradients[row - from] = scores[row]! >= targets[row]! ? 1 - alpha : -alpha;
      }
      hessians.fill(1);
    },
    measureLoss: ({ scores }, rows) =>
      meanLoss(rows, (row) => {
        const residual = rows.targets[row]! - scores[row]!;
        return residual >= 0 ? alpha * residual : (alpha - 1) * residual;
      }),
    residualQuantile: alpha,
  };
}

/** Absolute error. */
export const absoluteObjective: Objective = {
  ...quantileObjective(0.5),
  fillGradients({ scores, targets }, { from, to, gradients, hessians }) {
    for (let row = from; row < to; row++) {
      gradients[row - from] = Math.sign(scores[row]! - targets[row]!);
    }
    hessians.fill(1);
  },
  measureLoss: ({ scores }, rows) =>
    meanLoss(rows, (row) => Math.abs(scores[row]! - rows.targets[row]!)),
};
