import type { Objective } from '../objective.ts';
import { squaredObjective } from './squared.ts';
import { meanLoss } from './weighted-mean.ts';

/** A smooth Huber loss: squared error for small residuals, linear with slope `slope` for large. */
export function pseudoHuberObjective(slope: number): Objective {
  return {
    ...squaredObjective,
    kernel: undefined,
    fillGradients({ scores, targets }, { from, to, gradients, hessians }) {
      for (let row = from; row < to; row++) {
        const residual = scores[row]! - targets[row]!;
        const root = Math.sqrt(1 + (residual / slope) ** 2);
        gradients[row - from] = residual / root;
        hessians[row - from] = 1 / (root * root * root);
      }
    },
    measureLoss: ({ scores }, rows) =>
      meanLoss(rows, (row) => {
        const part = (scores[row]! - rows.targets[row]!) / slope;
        return slope * slope * (Math.sqrt(1 + part * part) - 1);
      }),
  };
}
