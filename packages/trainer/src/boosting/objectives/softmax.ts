import { exponential } from '../../kernels/script/exponential.ts';
import type { Objective, RowScores } from '../objective.ts';
import { meanLoss } from './weighted-mean.ts';

/** Log loss of several classes, by a raw score each. */
export function softmaxObjective(spec: {
  readonly classCount: number;
  /** What a second derivative p (1 - p) is multiplied by. */
  readonly hessianFactor: number;
}): Objective {
  const { classCount, hessianFactor } = spec;
  return {
    outputCount: classCount,
    link: 'softmax',
    kernel: undefined,
    startScores({ targets, weights }) {
      const perClass = new Float64Array(classCount);
      targets.forEach((code, row) => (perClass[code]! += weights[row]!));
      const total = perClass.reduce((sum, weight) => sum + weight, 0);
      return perClass.map((weight) => Math.log(Math.max(weight / total, 1e-10)));
    },
    fillGradients(rows, { from, to, gradients, hessians, output }) {
      for (let row = from; row < to; row++) {
        const probability = shareOf(rows, row, output);
        gradients[row - from] = probability - (rows.targets[row] === output ? 1 : 0);
        hessians[row - from] = hessianFactor * probability * (1 - probability);
      }
    },
    measureLoss: (scores, rows) =>
      meanLoss(rows, (row) => -Math.log(Math.max(shareOf(scores, row, rows.targets[row]!), 1e-15))),
    residualQuantile: undefined,
  };

  function shareOf({ scores, rowCount }: RowScores, row: number, output: number): number {
    let largest = -Infinity;
    for (let k = 0; k < classCount; k++) {
      largest = Math.max(largest, scores[k * rowCount + row]!);
    }
    let total = 0;
    let own = 0;
    for (let k = 0; k < classCount; k++) {
      const part = exponential(Math.max(scores[k * rowCount + row]! - largest, -700));
      total += part;
      if (k === output) own = part;
    }
    return own / total;
  }
}
