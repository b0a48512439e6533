import type { TreeEnsemble } from '../estimator.ts';
import { CODE_ABOVE_ALL, SLOT_BYTES } from './node-layout.ts';

/** Consecutive trees whose splits look at few enough features and thresholds for two-byte codes. */
export interface TreeSection {
  readonly firstTree: number;
  /** One after the last tree. */
  readonly endTree: number;
  /** The features that the trees look at, ascending. */
  readonly features: Int32Array;
  /** The different thresholds of each of them, ascending. */
  readonly thresholds: readonly Float64Array[];
}

/** Two slots a feature, behind the leaves' one, with offsets of two bytes. */
const MOST_FEATURES = Math.floor((65_536 / SLOT_BYTES - 1) / 2);

/**
 * Part an ensemble into as few sections as halving gives.
 *
 * @returns undefined where a single tree is too much for one.
 */
export function splitIntoSections(trees: TreeEnsemble): TreeSection[] | undefined {
  return sectionsOf(trees, 0, trees.treeStarts.length - 1);
}

function sectionsOf(
  trees: TreeEnsemble,
  firstTree: number,
  endTree: number,
): TreeSection[] | undefined {
  const { features, thresholds } = thresholdsByFeature(trees, firstTree, endTree);
  const isSmall =
    features.length <= MOST_FEATURES && thresholds.every(({ length }) => length <= CODE_ABOVE_ALL);
  if (isSmall) return [{ firstTree, endTree, features, thresholds }];
  if (endTree - firstTree === 1) return undefined;
  const middle = (firstTree + endTree) >> 1;
  const before = sectionsOf(trees, firstTree, middle);
  const after = before && sectionsOf(trees, middle, endTree);
  return after && [...before, ...after];
}

function thresholdsByFeature(trees: TreeEnsemble, firstTree: number, endTree: number) {
  const { treeStarts, splitFeature, threshold } = trees;
  const start = treeStarts[firstTree]!;
  const end = treeStarts[endTree]!;
  const counts = new Map<number, number>();
  for (let node = start; node < end; node++) {
    const feature = splitFeature[node]!;
    if (feature >= 0) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }
  const features = Int32Array.from(counts.keys()).sort();
  const all = new Map(
    Array.from(features, (feature) => [feature, new Float64Array(counts.get(feature)!)] as const),
  );
  for (let node = start; node < end; node++) {
    const feature = splitFeature[node]!;
    if (feature < 0) continue;
    const left = counts.get(feature)! - 1;
    counts.set(feature, left);
    all.get(feature)![left] = threshold[node]!;
  }
  return { features, thresholds: Array.from(all.values(), distinct) };
}

function distinct(values: Float64Array): Float64Array {
  values.sort();
  // Zero and minus zero are one threshold: they compare alike.
  return values.filter((value, i) => i === 0 || value !== values[i - 1]);
}
