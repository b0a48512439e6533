import { compileKernels } from '../kernels/compile-kernels.ts';
import type { Pace } from '../pace.ts';
import { createNetworkPass } from './network-pass.ts';
import type { NetworkRows } from './network-rows.ts';
import type { NetworkShape } from './network-shape.ts';

/** Rows that the slopes are measured at, evenly spread over those there are. */
const MOST_ROWS = 1000;

/**
 * How steeply the raw scores rise or fall with each feature: the mean over rows and outputs of
 * |slope|. For a network without hidden layers it is the mean of |coefficient|. The pace may rest
 * between slopes.
 *
 * @returns length features.
 */
export async function meanSlopes(
  { shape, parameters }: { readonly shape: NetworkShape; readonly parameters: Float64Array },
  rows: NetworkRows,
  pace: Pace,
): Promise<Float64Array> {
  const { layerSizes, parameterCount } = shape;
  const featureCount = layerSizes[0]!;
  const outputCount = layerSizes.at(-1)!;
  const pass = createNetworkPass(shape, { mostRows: 1, module: await compileKernels() });
  const rowCount = Math.min(MOST_ROWS, rows.rowCount);
  const sums = new Float64Array(featureCount);
  const slopes = new Float64Array(featureCount);
  for (let at = 0; at < rowCount; at++) {
    const row = Math.floor((at * rows.rowCount) / rowCount);
    const batch = { features: rows.features, order: Int32Array.of(row), from: 0, to: 1 };
    pass.forward(parameters, batch);
    if (pace.isDue(parameterCount)) await pace.rest();
    for (let output = 0; output < outputCount; output++) {
      pass.outputSlopes.fill(0);
      pass.outputSlopes[output] = 1;
      pass.inputSlopes(slopes);
      for (let i = 0; i < featureCount; i++) sums[i]! += rows.weights[row]! * Math.abs(slopes[i]!);
      if (pace.isDue(parameterCount)) await pace.rest();
    }
  }
  return sums;
}
