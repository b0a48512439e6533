import {
  HAS_MISSING,
  SPLITS,
  SPLIT_BIN,
  SPLIT_BYTES,
  SPLIT_LEFT_GRADIENT,
  SPLIT_LEFT_HESSIAN,
  SPLIT_MISSING_LEFT,
  SPLIT_SCORE,
} from '../kernels/job-layout.ts';
import type { BoostingSettings } from './boosting-settings.ts';
import type { Desk } from './desk.ts';
import type { FixedPoint } from './fixed-point.ts';
import { leafScoreOf, scoreToBeat } from './leaf-limits.ts';
import { scanCategories } from './scan-categories.ts';
import type { SearchSpace } from './search-space.ts';
import type { FoundSplit, TreeLeaf } from './tree-leaf.ts';

/** What a tree may look at, and at what scale. */
export interface ScaledSpace extends SearchSpace {
  readonly fixedPoint: FixedPoint;
}

/** A leaf whose splits by numbers have been found, feature by feature. */
export interface ScannedLeaf {
  readonly job: number;
  readonly leaf: TreeLeaf;
  readonly space: ScaledSpace;
}

/** The best split of a leaf, by numbers or by categories; undefined: none is worth while. */
export function bestSplit(
  desk: Desk,
  scanned: ScannedLeaf,
  settings: BoostingSettings,
): FoundSplit | undefined {
  const { leaf, space } = scanned;
  const { fixedPoint } = space;
  const byNumber = bestNumberSplit(desk, scanned);
  let best = byNumber?.score ?? scoreToBeat(leaf, settings, fixedPoint);
  let found = byNumber?.split;
  for (const feature of space.categorical) {
    const split = scanCategories({
      memory: desk.bench.memory,
      histograms: histogramOf(desk, leaf),
      leaf,
      feature,
      settings,
      fixedPoint,
      toBeat: best,
    });
    if (split === undefined) continue;
    best = split.score;
    found = { ...split, feature, bin: -1, missingLeft: 0, isGappy: false };
  }
  return found && { ...found, gain: best - leafScoreOf(leaf, settings, fixedPoint) };
}

function bestNumberSplit(
  desk: Desk,
  { job, space }: ScannedLeaf,
): { readonly score: number; readonly split: Omit<FoundSplit, 'gain'> } | undefined {
  const { bytes, words, unsigned, doubles } = desk.bench.memory;
  const splits = unsigned[(job + SPLITS) >>> 2]!;
  let best = -1;
  let bestAt = -1;
  for (let at = 0; at < space.numbers.length; at++) {
    const score = doubles[(splits + at * SPLIT_BYTES + SPLIT_SCORE) >>> 3]!;
    if (score > best) {
      best = score;
      bestAt = splits + at * SPLIT_BYTES;
    }
  }
  if (bestAt < 0) return undefined;
  const feature = space.numbers[(bestAt - splits) / SPLIT_BYTES]!;
  return {
    score: best * scoreUnit(desk, space.fixedPoint),
    split: {
      feature,
      bin: words[(bestAt + SPLIT_BIN) >>> 2]!,
      places: [],
      addedL2: 0,
      missingLeft: words[(bestAt + SPLIT_MISSING_LEFT) >>> 2]!,
      isGappy: bytes[desk.addressOf(HAS_MISSING) + feature.column] !== 0,
      leftGradient: words[(bestAt + SPLIT_LEFT_GRADIENT) >>> 2]!,
      leftHessian: unsigned[(bestAt + SPLIT_LEFT_HESSIAN) >>> 2]!,
    },
  };
}

/** What a score of the scan is worth: the kernel's are in fixed point. */
export function scoreUnit(desk: Desk, { gradientScale, hessianScale }: FixedPoint): number {
  return desk.bench.search === 'kernel' ? hessianScale / gradientScale / gradientScale : 1;
}

/** Address of a leaf's histograms. */
export function histogramOf({ layout }: Desk, { histogram }: TreeLeaf): number {
  return layout.histograms + histogram * layout.histogramBytes;
}
