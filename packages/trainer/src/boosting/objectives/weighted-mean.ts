import type { ObjectiveRows } from '../objective.ts';

/** Sum of weight x value over the sum of weights. */
export function weightedMean(values: Float64Array | Int32Array, weights: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < values.length; row++) {
    sum += values[row]! * weights[row]!;
    total += weights[row]!;
  }
  return sum / total;
}

/** Mean of a loss over rows, by weight. */
export function meanLoss({ weights }: ObjectiveRows, lossOf: (row: number) => number): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < weights.length; row++) {
    sum += lossOf(row) * weights[row]!;
    total += weights[row]!;
  }
  return sum / total;
}
