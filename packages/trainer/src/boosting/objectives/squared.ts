import type { Objective } from '../objective.ts';
import { meanLoss, weightedMean } from './weighted-mean.ts';

/** Squared error. */
export const squaredObjective: Objective = {
  outputCount: 1,
  link: 'identity',
  kernel: 'writeSquaredGradients',
  startScores: ({ targets, weights }) => Float64Array.of(weightedMean(targets, weights)),
  fillGradients({ scores, targets }, { from, to, gradients, hessians }) {
    for (let row = from; row < to; row++) gradients[row - from] = scores[row]! - targets[row]!;
    hessians.fill(1);
  },
  measureLoss: ({ scores }, rows) =>
    meanLoss(rows, (row) => (scores[row]! - rows.targets[row]!) ** 2),
  residualQuantile: undefined,
};
