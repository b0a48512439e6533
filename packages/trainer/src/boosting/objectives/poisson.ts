import { exponential } from '../../kernels/script/exponential.ts';
import type { Objective } from '../objective.ts';
import { meanLoss, weightedMean } from './weighted-mean.ts';

/** What the second derivative is inflated by, as LightGBM and XGBoost do, to keep steps short. */
const SAFETY = exponential(0.7);

/** Poisson deviance of counts, by the log of their mean. */
export const poissonObjective: Objective = {
  outputCount: 1,
  link: 'identity',
  kernel: undefined,
  startScores: ({ targets, weights }) =>
    Float64Array.of(Math.log(Math.max(weightedMean(targets, weights), 1e-10))),
  fillGradients({ scores, targets }, { from, to, gradients, hessians }) {
    for (let row = from; row < to; row++) {
      const mean = exponential(Math.min(Math.max(scores[row]!, -700), 700));
      gradients[row - from] = mean - targets[row]!;
      hessians[row - from] = mean * SAFETY;
    }
  },
  measureLoss: ({ scores }, rows) =>
    meanLoss(rows, (row) => Math.exp(scores[row]!) - rows.targets[row]! * scores[row]!),
  residualQuantile: undefined,
};
