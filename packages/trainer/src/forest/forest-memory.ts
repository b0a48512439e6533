import { JOB_BYTES } from '../kernels/job-layout.ts';
import { BATCH, CLASSES, FOREST_JOB_BYTES, PAIRS } from '../kernels/forest-layout.ts';
import type { ForestTarget, TreeOptions } from './forest-data.ts';

/** The word by which threads agree on who grows the next tree. */
export const NEXT_TREE = 0;

/** Address of the job of the kernels that bin values. */
export const BINNING_JOB = 256;

/** Room after values to sort for the counters of their digits. */
const COUNTER_BYTES = 6 * 2048 * 4;

/** The sizes that decide on the memory. */
export interface ForestSizes {
  readonly rowCount: number;
  readonly featureCount: number;
  readonly target: ForestTarget;
  readonly options: TreeOptions;
  readonly threads: number;
}

/** Where everything lies in the memory that all threads share: addresses. */
export interface ForestMemory {
  readonly bytes: number;
  readonly kind: typeof PAIRS | typeof CLASSES;
  readonly columnBins: number;
  readonly rowBins: number;
  readonly binCounts: number;
  readonly binTops: number;
  readonly rowStats: number;
  /** 0: classes, whose sums tell whether a node is pure. */
  readonly targets: number;
  /** One a thread. */
  readonly seats: readonly ForestSeat[];
}

/** What a thread has for itself. */
export interface ForestSeat {
  readonly job: number;
  readonly index: number;
  readonly spare: number;
  readonly stats: number;
  readonly spareStats: number;
  readonly histograms: number;
  readonly rowCounts: number;
  readonly urn: number;
  readonly swaps: number;
  readonly totals: number;
  readonly leftSums: number;
}

/** Lay out the memory of a forest. */
export function planForestMemory(sizes: ForestSizes): ForestMemory {
  const { rowCount, featureCount, target, options } = sizes;
  let end = BINNING_JOB + JOB_BYTES;
  const take = (bytes: number) => {
    const start = Math.ceil(end / 128) * 128;
    end = start + bytes;
    return start;
  };
  const kind = kindOf(target, options);
  const sums = kind === PAIRS ? 2 : 1 + classCountOf(target);
  const shared = {
    kind,
    binCounts: take(4 * featureCount),
    binTops: take(256 * 8),
    rowStats: take(16 * rowCount),
    targets: target.task === 'regression' ? take(8 * rowCount) : 0,
    columnBins: take(rowCount * featureCount),
    rowBins: take(rowCount * featureCount),
  };
  const seats = Array.from({ length: sizes.threads }, () => ({
    job: take(FOREST_JOB_BYTES),
    index: take(4 * rowCount),
    spare: take(4 * rowCount),
    stats: take(16 * rowCount),
    spareStats: take(16 * rowCount + COUNTER_BYTES),
    histograms: take(BATCH * 256 * 8 * sums),
    rowCounts: take(BATCH * 256 * 4),
    urn: take(4 * featureCount),
    swaps: take(4 * featureCount),
    totals: take(8 * sums),
    leftSums: take(8 * sums),
  }));
  return { ...shared, seats, bytes: end };
}

/** Two classes by Gini impurity are the numbers 0 and 1 by squared error. */
function kindOf(target: ForestTarget, { criterion }: TreeOptions): ForestMemory['kind'] {
  if (target.task === 'regression') return PAIRS;
  return target.classCount <= 2 && criterion === 'gini' ? PAIRS : CLASSES;
}

/** How many classes there are; 0 where numbers are learned. */
export function classCountOf(target: ForestTarget): number {
  return target.task === 'classification' ? target.classCount : 0;
}
