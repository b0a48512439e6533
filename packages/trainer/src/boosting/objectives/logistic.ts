import { exponential } from '../../kernels/script/exponential.ts';
import type { Objective } from '../objective.ts';
import { meanLoss, weightedMean } from './weighted-mean.ts';

/** Log loss of two classes, by the log odds of the second. */
export const logisticObjective: Objective = {
  outputCount: 1,
  link: 'logistic',
  kernel: 'writeLogisticGradients',
  startScores({ targets, weights }) {
    const share = Math.min(Math.max(weightedMean(targets, weights), 1e-15), 1 - 1e-15);
    return Float64Array.of(Math.log(share / (1 - share)));
  },
  fillGradients({ scores, targets }, { from, to, gradients, hessians }) {
    for (let row = from; row < to; row++) {
      const probability = 1 / (1 + exponential(-Math.min(Math.max(scores[row]!, -700), 700)));
      gradients[row - from] = probability - targets[row]!;
      hessians[row - from] = probability * (1 - probability);
    }
  },
  measureLoss: ({ scores }, rows) =>
    meanLoss(rows, (row) => {
      const odds = rows.targets[row] === 1 ? -scores[row]! : scores[row]!;
      return Math.max(odds, 0) + Math.log1p(Math.exp(-Math.abs(odds)));
    }),
  residualQuantile: undefined,
};
