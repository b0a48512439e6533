import { exponential } from '../../kernels/script/exponential.ts';
import type { Objective } from '../objective.ts';
import { meanLoss, weightedMean } from './weighted-mean.ts';

/**
 * Negative log likelihood of counts, by the log of the expected count.
 *
 * @param maxDeltaStep raises the second derivative by its power of e, so that no step is too bold.
 */
export function poissonObjective(maxDeltaStep: number): Objective {
  const caution = exponential(maxDeltaStep);
  return {
    outputCount: 1,
    link: 'exponential',
    kernel: undefined,
    startScores: ({ targets, weights }) =>
      Float64Array.of(Math.log(weightedMean(targets, weights))),
    fillGradients({ scores, targets }, { from, to, gradients, hessians }) {
      for (let row = from; row < to; row++) {
        const expected = expectedCount(scores[row]!);
        gradients[row - from] = expected - targets[row]!;
        hessians[row - from] = expected * caution;
      }
    },
    measureLoss: ({ scores }, rows) =>
      meanLoss(rows, (row) => expectedCount(scores[row]!) - rows.targets[row]! * scores[row]!),
    residualQuantile: undefined,
  };
}

function expectedCount(score: number): number {
  return exponential(Math.min(Math.max(score, -700), 700));
}
