import { BLOCK_ROWS, INDEX, LEAF_STARTS, LEAF_VALUES, SCORES } from '../kernels/job-layout.ts';
import { JOB } from './boosting-memory.ts';
import type { BoostingTask } from './boost.ts';
import type { Desk } from './desk.ts';
import type { GrownShape } from './grow-tree.ts';
import { weightedQuantile } from './objectives/weighted-quantile.ts';

/**
 * What each leaf adds to the scores: the Newton step, or for losses whose second derivative says
 * nothing the quantile of the residuals, times the learning rate.
 *
 * @param output whose scores they are.
 */
export function leafOutputs(
  desk: Desk,
  { settings, targets, weights }: BoostingTask,
  { leaves, steps }: GrownShape,
  output: number,
): Float64Array {
  const { residualQuantile } = desk.bench.objective;
  if (residualQuantile === undefined) return steps.map((step) => step * settings.learningRate);
  const { words, doubles } = desk.bench.memory;
  const { rowCount } = desk.layout;
  const scores = desk.addressOf(SCORES) / 8 + output * rowCount;
  return Float64Array.from(leaves, ({ start, count, lower, upper }) => {
    const index = desk.addressOf(INDEX) / 4 + start;
    const rows = words.subarray(index, index + count);
    const residuals = Float64Array.from(rows, (row) => targets[row]! - doubles[scores + row]!);
    const rowWeights = Float64Array.from(rows, (row) => weights[row]!);
    const value = weightedQuantile(residuals, rowWeights, residualQuantile);
    return Math.min(Math.max(value, lower), upper) * settings.learningRate;
  });
}

/** Add the leaves' outputs to the scores of their rows. */
export function addLeafOutputs(
  desk: Desk,
  { leaves }: GrownShape,
  added: { readonly values: Float64Array; readonly output: number },
): void {
  const { words, doubles } = desk.bench.memory;
  const starts = desk.addressOf(LEAF_STARTS) / 4;
  const values = desk.addressOf(LEAF_VALUES) / 8;
  const byStart = leaves.map((leaf, i) => ({ ...leaf, value: added.values[i]! }));
  byStart.sort((a, b) => a.start - b.start);
  byStart.forEach(({ start, count, value }, i) => {
    words[starts + i] = start;
    words[starts + i + 1] = start + count;
    doubles[values + i] = value;
  });
  const extent = words[starts + leaves.length]!;
  desk.write(JOB, SCORES, desk.addressOf(SCORES) + 8 * added.output * desk.layout.rowCount);
  desk.crew.run('addLeafValues', { extent, grain: 4 * BLOCK_ROWS, align: 1 });
}
