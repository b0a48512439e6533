import type { NumberAxis } from './axis.ts';
import type { AxisKernels } from './choice-kernels.ts';
import { normalMass } from './normal-mass.ts';

/**
 * Normal kernels, cut off at the axis's ends. A kernel is as wide as the way to its farther
 * neighbour, within limits; the prior stands in the middle and is as wide as the axis.
 */
export function numberKernels(axis: NumberAxis, observed: readonly number[]): AxisKernels {
  const { low, high, binAt } = axis;
  const centres = [...observed, (low + high) / 2];
  const widths = [...kernelWidths(axis, observed), high - low];
  const masses = centres.map((centre, kernel) =>
    normalMass((low - centre) / widths[kernel]!, (high - centre) / widths[kernel]!),
  );
  return {
    draw(kernel, random) {
      // A centre lies within the axis and a width never exceeds it, so a third of all draws pass.
      for (;;) {
        const point = centres[kernel]! + widths[kernel]! * random.nextNormal();
        if (point >= low && point <= high) return point;
      }
    },
    addLogDensities(point, logs) {
      const bin = binAt?.(point);
      for (const [kernel, centre] of centres.entries()) {
        const width = widths[kernel]!;
        const density =
          bin === undefined
            ? -(((point - centre) / width) ** 2) / 2 - Math.log(width)
            : Math.log(normalMass((bin.from - centre) / width, (bin.to - centre) / width));
        logs[kernel]! += density - Math.log(masses[kernel]!);
      }
    },
  };
}

/**
 * The distance to the farther neighbour, at least a share of the axis that shrinks with the number of
 * kernels ("magic clip"). The axis's ends are neighbours only of a lone observation.
 */
function kernelWidths({ low, high }: NumberAxis, observed: readonly number[]): number[] {
  const count = observed.length;
  const order = [...observed.keys()].sort((a, b) => observed[a]! - observed[b]!);
  const sorted = [low, ...order.map((index) => observed[index]!), high];
  const least = (high - low) / Math.min(100, count + 2);
  const widths = new Array<number>(count);
  for (const [rank, index] of order.entries()) {
    const before = sorted[rank + 1]! - sorted[rank]!;
    const after = sorted[rank + 2]! - sorted[rank + 1]!;
    let width = Math.max(before, after);
    if (count > 1 && rank === 0) width = after;
    if (count > 1 && rank === count - 1) width = before;
    widths[index] = Math.min(high - low, Math.max(least, width));
  }
  return widths;
}
