import { FEATURE_HISTOGRAM_BYTES } from '../kernels/job-layout.ts';
import type { KernelMemory } from '../kernels/kernel-memory.ts';
import type { BinnedFeature } from './binned-feature.ts';
import { CATEGORIES_PER_COLUMN } from './boosting-memory.ts';
import type { BoostingSettings } from './boosting-settings.ts';
import type { FixedPoint } from './fixed-point.ts';
import { leastHessianOf } from './leaf-limits.ts';
import { type LeafRules, leafScore, leafValue } from './leaf-value.ts';
import { type KeyedPlaces, takeLeast } from './take-least.ts';
import type { TreeLeaf } from './tree-leaf.ts';

/** A leaf to split by the categories of a feature. */
export interface CategoryScan {
  readonly memory: KernelMemory;
  /** Address of the leaf's histograms. */
  readonly histograms: number;
  readonly leaf: TreeLeaf;
  readonly feature: BinnedFeature;
  readonly settings: BoostingSettings;
  readonly fixedPoint: FixedPoint;
  /** The score that a split must exceed. */
  readonly toBeat: number;
}

/** A split of the categories of a feature. */
export interface CategorySplit {
  /** What both sides take off the loss, twice. */
  readonly score: number;
  /** The places of the categories that go left; all others go right, and what is missing. */
  readonly places: readonly number[];
  /** Sums over them, in fixed point. */
  readonly leftGradient: number;
  readonly leftHessian: number;
  /** What is added to the L2 penalty on the values of both sides. */
  readonly addedL2: number;
}

/**
 * Find the best split of a leaf by a set of categories: one against all others where there are few,
 * else those with the lowest, or the highest, mean gradients.
 *
 * @see LightGBM, FindBestThresholdCategoricalInner, whose rules these are.
 */
export function scanCategories(scan: CategoryScan): CategorySplit | undefined {
  const { memory, histograms, leaf, feature, settings, fixedPoint } = scan;
  const { codes } = feature.categories!;
  const { gradientScale, hessianScale } = fixedPoint;
  const rules = settings.categories;
  const rowsPerLevel = leaf.count / leaf.hessian;
  const leastOfCategory = Math.max(1, rules.minHessianPerCategory * hessianScale);
  const least = leastHessianOf(leaf, settings, fixedPoint);
  const cellOf = (place: number) => {
    const column = feature.column + Math.floor(place / CATEGORIES_PER_COLUMN);
    const bin = place % CATEGORIES_PER_COLUMN;
    return ((histograms + column * FEATURE_HISTOGRAM_BYTES) >>> 2) + 2 * bin;
  };
  const gradientOf = (place: number) => memory.words[cellOf(place) + 1]!;
  const hessianOf = (place: number) => memory.unsigned[cellOf(place)]!;
  let best = scan.toBeat;
  let found: CategorySplit | undefined;

  if (codes.length <= rules.oneHotLevels) {
    for (let place = 0; place < codes.length; place++) consider([place], 1, sumOf(place), 0);
    return found;
  }
  const ordered = orderable();
  const most = Math.min(rules.maxSetSize, Math.floor((ordered.places.length + 1) / 2));
  grow(takeLeast(ordered, most, 1));
  grow(takeLeast(ordered, most, -1));
  return found;

  /** Rows are counted by their share of the hessians; where one is enough, there is one. */
  function isTooFew(hessian: number, rows: number): boolean {
    return rows > 1 && Math.round(hessian * rowsPerLevel) < rows;
  }

  /** The categories that are frequent enough in the leaf, and their mean gradients. */
  function orderable(): KeyedPlaces {
    const keys = new Float64Array(codes.length);
    const places = new Int32Array(codes.length);
    let count = 0;
    for (let first = 0; first < codes.length; first += CATEGORIES_PER_COLUMN) {
      const cells = cellOf(first);
      const end = Math.min(codes.length - first, CATEGORIES_PER_COLUMN);
      for (let bin = 0; bin < end; bin++) {
        const hessian = memory.unsigned[cells + 2 * bin]!;
        if (hessian < leastOfCategory || isTooFew(hessian, rules.minRowsPerCategory)) continue;
        const gradient = memory.words[cells + 2 * bin + 1]! / gradientScale;
        keys[first + bin] = gradient / (hessian / hessianScale + rules.smoothing);
        places[count++] = first + bin;
      }
    }
    return { keys, places: places.subarray(0, count) };
  }

  function sumOf(place: number): Sums {
    return { gradient: gradientOf(place), hessian: hessianOf(place) };
  }

  /** Consider the first category, the first two, and so on. */
  function grow(order: readonly number[]): void {
    let gradient = 0;
    let hessian = 0;
    let inGroup = 0;
    for (const [at, place] of order.entries()) {
      gradient += gradientOf(place);
      hessian += hessianOf(place);
      inGroup += hessianOf(place);
      const others = leaf.hessian - hessian;
      if (hessian < least) continue;
      if (others < least || isTooFew(others, rules.minRowsPerGroup)) return;
      if (isTooFew(inGroup, rules.minRowsPerGroup)) continue;
      inGroup = 0;
      consider(order, at + 1, { gradient, hessian }, rules.l2);
    }
  }

  /** Keep the first `count` of these places, if they make the best split so far. */
  function consider(order: readonly number[], count: number, left: Sums, addedL2: number): void {
    const right = { gradient: leaf.gradient - left.gradient, hessian: leaf.hessian - left.hessian };
    if (left.hessian < least || right.hessian < least) return;
    const { lower, upper } = leaf;
    const sideRules = { l1: settings.l1, l2: settings.l2 + addedL2, lower, upper };
    const score = scoreOf(sideRules, left) + scoreOf(sideRules, right);
    if (!(score > best)) return;
    best = score;
    found = {
      score,
      places: order.slice(0, count),
      leftGradient: left.gradient,
      leftHessian: left.hessian,
      addedL2,
    };
  }

  function scoreOf(side: LeafRules, sums: Sums): number {
    const gradient = sums.gradient / gradientScale;
    const hessian = sums.hessian / hessianScale;
    return leafScore(side, { gradient, hessian, value: leafValue(side, gradient, hessian) });
  }
}

/** In fixed point. */
interface Sums {
  readonly gradient: number;
  readonly hessian: number;
}
