import type { Objective } from '../objective.ts';
import { squaredObjective } from './squared.ts';
import { meanLoss } from './weighted-mean.ts';

/** Squared error up to a residual of `alpha`, absolute error beyond. */
export function huberObjective(alpha: number): Objective {
  return {
    ...squaredObjective,
    kernel: undefined,
    fillGradients({ scores, targets }, { from, to, gradients, hessians }) {
      for (let row = from; row < to; row++) {
        gradients[row - from] = Math.min(Math.max(scores[row]! - targets[row]!, -alpha), alpha);
      }
      hessians.fill(1);
    },
    measureLoss: ({ scores }, rows) =>
      meanLoss(rows, (row) => {
        const size = Math.abs(scores[row]! - rows.targets[row]!);
        return size <= alpha ? 0.5 * size * size : alpha * (size - 0.5 * alpha);
      }),
  };
}
