import type { Pace } from '../pace.ts';
import { type PassOptions, createNetworkPass } from './network-pass.ts';
import type { NetworkOutput, NetworkRows } from './network-rows.ts';
import type { NetworkShape } from './network-shape.ts';

/** Rows that go through a network at a time. */
const ROWS_AT_A_TIME = 256;

/**
 * Make the score of a network over held-out rows: accuracy for classes, R2 for numbers. The pace may
 * rest between some rows and the next.
 *
 * @returns scores parameters, the higher the better.
 */
export function createNetworkScore(
  { shape, output }: { readonly shape: NetworkShape; readonly output: NetworkOutput },
  rows: NetworkRows,
  { pace, ...options }: Omit<PassOptions, 'mostRows'> & { readonly pace: Pace },
): (parameters: Float64Array) => Promise<number> {
  const { features, targets, weights, rowCount } = rows;
  const { outputCount, link } = output;
  const pass = createNetworkPass(shape, {
    ...options,
    mostRows: Math.min(ROWS_AT_A_TIME, rowCount),
  });
  const order = Int32Array.from({ length: rowCount }, (_, row) => row);
  const totalWeight = weights.reduce((sum, weight) => sum + weight, 0);
  const isNumber = link === 'identity';
  const spread = isNumber ? weightedSpread(targets, weights) : 0;

  return async (parameters) => {
    let sum = 0;
    for (let from = 0; from < rowCount; from += ROWS_AT_A_TIME) {
      const to = Math.min(from + ROWS_AT_A_TIME, rowCount);
      const scores = pass.forward(parameters, { features, order, from, to });
      for (let row = from; row < to; row++) {
        const start = (row - from) * outputCount;
        const target = targets[row]!;
        const error = isNumber
          ? squared(scores[start]! - target)
          : Number(largest(scores, start, outputCount) !== target);
        sum += weights[row]! * error;
      }
      if (pace.isDue((to - from) * shape.parameterCount)) await pace.rest();
    }
    return isNumber ? 1 - sum / spread : 1 - sum / totalWeight;
  };
}

/** The class of the largest score; of one log odds, whether it is above 0. */
function largest(scores: Float64Array, start: number, count: number): number {
  if (count === 1) return Number(scores[start]! > 0);
  let best = 0;
  for (let k = 1; k < count; k++) if (scores[start + k]! > scores[start + best]!) best = k;
  return best;
}

/** The squared distances from the mean; at least a little, so that a constant target has a score. */
function weightedSpread(values: Float64Array, weights: Float64Array): number {
  let sum = 0;
  let total = 0;
  values.forEach((value, row) => {
    sum += weights[row]! * value;
    total += weights[row]!;
  });
  const mean = sum / total;
  const spread = values.reduce((all, value, row) => all + weights[row]! * squared(value - mean), 0);
  return Math.max(spread, Number.EPSILON);
}

function squared(value: number): number {
  return value * value;
}
