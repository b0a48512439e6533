import type { Random } from '@gnu-mlops/core';
import type { Axis } from './axis.ts';
import { type AxisKernels, choiceKernels } from './choice-kernels.ts';
import { numberKernels } from './number-kernels.ts';

/** Observations of the newest age count in full; older ones less and less. */
const fullWeightCount = 25;

/**
 * A density over points: a mixture with one kernel for each observation and a last one, the prior,
 * spread over everything. A kernel is a product over the axes, so an observation's coordinates stay
 * together.
 */
export interface ParzenEstimator {
  /** One coordinate an axis. */
  draw(random: Random): number[];
  /** The same constant is left out for every point. */
  logDensity(point: readonly number[]): number;
}

/**
 * @param observations points by age, the oldest first; one coordinate an axis.
 * @see Bergstra et al., "Algorithms for Hyper-Parameter Optimization" (2011), and Watanabe,
 *   arXiv 2304.11127, for the prior, the clipped bandwidths and the weights.
 */
export function createParzenEstimator(
  axes: readonly Axis[],
  observations: readonly (readonly number[])[],
): ParzenEstimator {
  const weights = kernelWeights(observations.length);
  const kernels: AxisKernels[] = axes.map((axis, i) => {
    const coordinates = observations.map((observation) => observation[i]!);
    return axis.kind === 'choice'
      ? choiceKernels(axis, coordinates)
      : numberKernels(axis, coordinates);
  });
  return {
    draw(random) {
      const kernel = drawIndex(weights, random);
      return kernels.map((axisKernels) => axisKernels.draw(kernel, random));
    },
    logDensity(point) {
      const logs = weights.map((weight) => Math.log(weight));
      kernels.forEach((axisKernels, i) => axisKernels.addLogDensities(point[i]!, logs));
      const largest = logs.reduce((most, log) => Math.max(most, log), -Infinity);
      return largest + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - largest), 0));
    },
  };
}

/** One an observation and one for the prior, sum 1. */
function kernelWeights(count: number): number[] {
  const rampLength = Math.max(0, count - fullWeightCount);
  const weights = Array.from({ length: count + 1 }, (_, age) => {
    if (age >= rampLength) return 1;
    const share = rampLength === 1 ? 0 : age / (rampLength - 1);
    return 1 / count + (1 - 1 / count) * share;
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function drawIndex(weights: readonly number[], random: Random): number {
  let left = random.nextFloat();
  const index = weights.findIndex((weight) => (left -= weight) < 0);
  return index < 0 ? weights.length - 1 : index;
}
