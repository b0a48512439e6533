import {
  BIN_COUNTS,
  BLOCK_ROWS,
  COUNT,
  GRADIENT_SCALE,
  GRADIENT_TOTAL,
  HAS_MISSING,
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
  SPLITS,
  SPLIT_BIN,
  SPLIT_BYTES,
  SPLIT_LEFT_GRADIENT,
  SPLIT_LEFT_HESSIAN,
  SPLIT_MISSING_LEFT,
  SPLIT_SCORE,
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
import type { FixedPoint } from './fixed-point.ts';
import { leafScore, leafValue } from './leaf-value.ts';
import type { FoundSplit, TreeLeaf } from './tree-leaf.ts';

/** A node of at least this share of all rows is summed column by column, others row by row. */
const COLUMN_SHARE = 0.12;

/** Cells to sum or to scan that are worth a thread. */
const CELLS_PER_PART = 12_000;

/** What a tree may look at, and at what scale. */
export interface SearchSpace {
  readonly fixedPoint: FixedPoint;
  /** Binned features, ascending. */
  readonly features: Int32Array;
  /** Whether these are all binned features. */
  readonly isComplete: boolean;
}

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
  space: SearchSpace,
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
  desk.write(JOB, HISTOGRAM, addressOf(desk, summed));
  desk.write(JOB, SIBLING, sibling === undefined ? 0 : addressOf(desk, sibling));
  if (!isWhole) {
    desk.crew.run('orderPacked', { extent: summed.count, grain: 4 * BLOCK_ROWS, align: 1 });
  }
  run(desk, space, { leaves: scanned, settings, rows: summed.count });
  desk.write(JOB, SUMMING, SUM_NOTHING);
}

function run(
  desk: Desk,
  space: SearchSpace,
  scan: { leaves: readonly TreeLeaf[]; settings: BoostingSettings; rows: number },
): void {
  const jobs = [JOB, SIBLING_JOB];
  jobs.forEach((job, i) => prepareScan(desk, { job, leaf: scan.leaves[i], space }, scan.settings));
  const { length } = space.features;
  const cellsPerFeature = scan.rows + 512;
  const grain = Math.ceil(CELLS_PER_PART / cellsPerFeature);
  desk.crew.run('searchSplits', { extent: length, grain, align: 1 });
  scan.leaves.forEach((leaf, i) => {
    leaf.split = bestSplit(desk, { job: jobs[i]!, leaf, space }, scan.settings);
  });
}

interface LeafScan<L = TreeLeaf> {
  readonly job: number;
  readonly leaf: L;
  readonly space: SearchSpace;
}

function prepareScan(
  desk: Desk,
  { job, leaf, space }: LeafScan<TreeLeaf | undefined>,
  settings: BoostingSettings,
): void {
  desk.write(job, SCANNED, leaf === undefined ? 0 : addressOf(desk, leaf));
  if (leaf === undefined) return;
  const { gradientScale, hessianScale } = space.fixedPoint;
  // Rows are counted by their share of the hessians, but that each side has one is certain.
  const { minRowsPerLeaf } = settings;
  const leastOfRows =
    minRowsPerLeaf <= 1 ? 1 : ((minRowsPerLeaf - 0.5) * leaf.hessian) / leaf.count;
  const leastHessian = Math.max(1, settings.minHessianPerLeaf * hessianScale, leastOfRows);
  desk.write(job, GRADIENT_TOTAL, leaf.gradient);
  desk.write(job, HESSIAN_TOTAL, leaf.hessian);
  desk.writeDouble(job, LEAST_HESSIAN, leastHessian);
  desk.writeDouble(job, PENALTY, settings.l2 * hessianScale);
  desk.writeDouble(job, GRADIENT_SCALE, gradientScale);
  desk.writeDouble(job, HESSIAN_SCALE, hessianScale);
  desk.writeDouble(job, L1_PENALTY, settings.l1);
  desk.writeDouble(job, LOWER_BOUND, leaf.lower);
  desk.writeDouble(job, UPPER_BOUND, leaf.upper);
  const unit = scoreUnit(desk, space);
  const toBeat = parentScore(leaf, space, settings) * (1 + 1e-12) + settings.minGain;
  desk.writeDouble(job, SCORE_TO_BEAT, toBeat / unit);
}

function bestSplit(
  desk: Desk,
  { job, leaf, space }: LeafScan,
  settings: BoostingSettings,
): FoundSplit | undefined {
  const { bytes, words, unsigned, doubles } = desk.bench.memory;
  const splits = unsigned[(job + SPLITS) >>> 2]!;
  let best = -1;
  let bestAt = -1;
  for (let at = 0; at < space.features.length; at++) {
    const score = doubles[(splits + at * SPLIT_BYTES + SPLIT_SCORE) >>> 3]!;
    if (score > best) {
      best = score;
      bestAt = splits + at * SPLIT_BYTES;
    }
  }
  if (bestAt < 0) return undefined;
  const feature = space.features[(bestAt - splits) / SPLIT_BYTES]!;
  return {
    gain: best * scoreUnit(desk, space) - parentScore(leaf, space, settings),
    feature,
    bin: words[(bestAt + SPLIT_BIN) >>> 2]!,
    missingLeft: words[(bestAt + SPLIT_MISSING_LEFT) >>> 2]!,
    missingBin: words[(desk.addressOf(BIN_COUNTS) >>> 2) + feature]!,
    isGappy: bytes[desk.addressOf(HAS_MISSING) + feature] !== 0,
    leftGradient: words[(bestAt + SPLIT_LEFT_GRADIENT) >>> 2]!,
    leftHessian: unsigned[(bestAt + SPLIT_LEFT_HESSIAN) >>> 2]!,
  };
}

/** What a score of the scan is worth: the kernel's are in fixed point. */
function scoreUnit(desk: Desk, { fixedPoint }: SearchSpace): number {
  const { gradientScale, hessianScale } = fixedPoint;
  return desk.bench.search === 'kernel' ? hessianScale / gradientScale / gradientScale : 1;
}

function parentScore(
  { gradient, hessian, lower, upper }: TreeLeaf,
  { fixedPoint }: SearchSpace,
  { l1, l2 }: BoostingSettings,
): number {
  const rules = { l1, l2, lower, upper };
  const real = {
    gradient: gradient / fixedPoint.gradientScale,
    hessian: hessian / fixedPoint.hessianScale,
  };
  return leafScore(rules, { ...real, value: leafValue(rules, real.gradient, real.hessian) });
}

function addressOf({ layout }: Desk, { histogram }: TreeLeaf): number {
  return layout.histograms + histogram * layout.histogramBytes;
}
