import type { Random } from '@gnu-mlops/core';
import type { ChoiceAxis } from './axis.ts';

/** The kernels of a mixture along one axis: one an observation, and the prior as the last. */
export interface AxisKernels {
  draw(kernel: number, random: Random): number;
  /** Add the log density of each kernel at a point. @param logs one a kernel; written to. */
  addLogDensities(point: number, logs: number[]): void;
}

/**
 * Kernels over choices: an observation's own choice is likeliest, and every other one gets a share of
 * the prior, the smaller the more observations there are.
 */
export function choiceKernels(axis: ChoiceAxis, observed: readonly number[]): AxisKernels {
  const { count } = axis;
  const spread = 1 / (observed.length + 1);
  const total = 1 + count * spread;
  const own = (1 + spread) / total;
  const other = spread / total;
  return {
    draw(kernel, random) {
      const choice = observed[kernel];
      if (choice === undefined || random.nextFloat() * total >= 1) return random.nextInt(count);
      return choice;
    },
    addLogDensities(point, logs) {
      for (const [kernel, choice] of observed.entries()) {
        logs[kernel]! += Math.log(choice === point ? own : other);
      }
      logs[observed.length]! -= Math.log(count);
    },
  };
}
