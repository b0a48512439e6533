import { SCORES, TARGETS, WEIGHTS, WHOLE_WEIGHTS } from '../kernels/job-layout.ts';
import type { BoostingTask } from './boost.ts';
import { JOB } from './boosting-memory.ts';
import type { Desk } from './desk.ts';

/** Rows above which a gradient is few levels of fixed point. */
const MANY_ROWS = 2 ** 21;

/** The largest weight, by the mean one, that leaves ordinary rows enough levels. */
const HEAVY_ROW = 64;

/** The largest whole weight that rounded gradients are multiplied by. */
const MOST_REPEATS = 2 ** 16;

/** Put targets, weights and the scores to start from into the desk's memory. */
export function layOutRows(desk: Desk, task: BoostingTask, baseScore: Float64Array): void {
  const { doubles } = desk.bench.memory;
  const { targets, weights } = task;
  const rowCount = targets.length;
  doubles.set(targets, desk.addressOf(TARGETS) / 8);
  if (desk.layout.isWeighted) {
    doubles.set(weights, desk.addressOf(WEIGHTS) / 8);
    // A row of weight 3 is then three equal rows, to the bit.
    const isWhole = weights.every((w) => Number.isInteger(w) && w <= MOST_REPEATS);
    desk.write(JOB, WHOLE_WEIGHTS, isWhole ? 1 : 0);
  }
  const scores = desk.addressOf(SCORES) / 8;
  baseScore.forEach((score, k) => {
    doubles.fill(score, scores + k * rowCount, scores + (k + 1) * rowCount);
  });
}

/** Whether fixed point is coarse for most rows, so that rounding must be left to chance. */
export function needsDither({ weights }: BoostingTask): boolean {
  if (weights.length > MANY_ROWS) return true;
  let total = 0;
  let most = 0;
  for (const weight of weights) {
    total += weight;
    most = Math.max(most, weight);
  }
  return most * weights.length > HEAVY_ROW * total;
}
