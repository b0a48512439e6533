import {
  BLOCK_ROWS,
  COUNT,
  GRADIENT_SCALE,
  GRADIENT_TOTAL,
  HESSIAN_SCALE,
  HESSIAN_TOTAL,
  HISTOGRAM,
  IS_WHOLE,
  L1_PENALTY,
  LEAST_HESSIAN,
  LOWER_BOUND,
  PENALTY,
  SCANNED,
  SCORE_TO_BEAT,
  SIBLING,
  START,
  SUMMING,
  SUM_COLUMNS,
  SUM_NOTHING,
  SUM_ROWS,
  UPPER_BOUND,
} from '../kernels/job-layout.ts';
import { JOB, SIBLING_JOB } from './boosting-memory.ts';
import type { BoostingSettings } from './boosting-settings.ts';
import type { Desk } from './desk.ts';
import { type ScaledSpace, bestSplit, histogramOf, scoreUnit } from './best-split.ts';
import { leastHessianOf, scoreToBeat } from './leaf-limits.ts';
import type { TreeLeaf } from './tree-leaf.ts';

/** A node of at least this share of all rows is summed column by column, others row by row. */
const COLUMN_SHARE = 0.12;

/** Cells to sum or to scan that are worth a thread. */
const CELLS_PER_PART = 12_000;

/** What is to be found out in one go. */
export interface SplitTask {
  /** The leaf whose rows are summed. */
  readonly summed: TreeLeaf;
  /** Its sibling, whose histogram is that of the parent, less the summed one. */
  readonly sibling: TreeLeaf | undefined;
  /** Which of them are to be split further. */
  readonly scanned: readonly TreeLeaf[];
}

/** Find the best splits of a leaf and of its sibling. */
export function searchSplits(
  desk: Desk,
  settings: BoostingSettings,
  space: ScaledSpace,
  task: SplitTask,
): void {
  const { summed, sibling, scanned } = task;
  const { rowCount } = desk.layout;
  const isWhole = summed.count === rowCount;
  const byColumns = isWhole || !space.isComplete || summed.count > COLUMN_SHARE * rowCount;
  desk.write(JOB, START, summed.start);
  desk.write(JOB, COUNT, summed.count);
  desk.write(JOB, IS_WHOLE, isWhole ? 1 : 0);
  desk.write(JOB, SUMMING, byColumns ? SUM_COLUMNS : SUM_ROWS);
  desk.write(JOB, HISTOGRAM, histogramOf(desk, summed));
  desk.write(JOB, SIBLING, sibling === undefined ? 0 : histogramOf(desk, sibling));
  if (!isWhole) {
    desk.crew.run('orderPacked', { extent: summed.count, grain: 4 * BLOCK_ROWS, align: 1 });
  }
  run(desk, space, { leaves: scanned, settings, rows: summed.count });
  desk.write(JOB, SUMMING, SUM_NOTHING);
}

function run(
  desk: Desk,
  space: ScaledSpace,
  scan: { leaves: readonly TreeLeaf[]; settings: BoostingSettings; rows: number },
): void {
  const jobs = [JOB, SIBLING_JOB];
  jobs.forEach((job, i) => prepareScan(desk, { job, leaf: scan.leaves[i], space }, scan.settings));
  const { length } = space.columns;
  const cellsPerColumn = scan.rows + 512;
  const grain = Math.ceil(CELLS_PER_PART / cellsPerColumn);
  desk.crew.run('searchSplits', { extent: length, grain, align: 1 });
  scan.leaves.forEach((leaf, i) => {
    leaf.split = bestSplit(desk, { job: jobs[i]!, leaf, space }, scan.settings);
  });
}

function prepareScan(
  desk: Desk,
  { job, leaf, space }: { job: number; leaf: TreeLeaf | undefined; space: ScaledSpace },
  settings: BoostingSettings,
): void {
  desk.write(job, SCANNED, leaf === undefined ? 0 : histogramOf(desk, leaf));
  if (leaf === undefined) return;
  const { gradientScale, hessianScale } = space.fixedPoint;
  desk.write(job, GRADIENT_TOTAL, leaf.gradient);
  desk.write(job, HESSIAN_TOTAL, leaf.hessian);
  const least = leastHessianOf(leaf, settings, space.fixedPoint);
  desk.writeDouble(job, LEAST_HESSIAN, least);
  desk.writeDouble(job, PENALTY, settings.l2 * hessianScale);
  desk.writeDouble(job, GRADIENT_SCALE, gradientScale);
  desk.writeDouble(job, HESSIAN_SCALE, hessianScale);
  desk.writeDouble(job, L1_PENALTY, settings.l1);
  desk.writeDouble(job, LOWER_BOUND, leaf.lower);
  desk.writeDouble(job, UPPER_BOUND, leaf.upper);
  const toBeat = scoreToBeat(leaf, settings, space.fixedPoint);
  desk.writeDouble(job, SCORE_TO_BEAT, toBeat / scoreUnit(desk, space.fixedPoint));
}
