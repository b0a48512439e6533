import type { GrownTree } from '@gnu-mlops/model';
import { MISSING } from '../kernels/forest-layout.ts';
import type { BinBounds } from './bin-features.ts';
import type { BinnedTree } from './tree-nodes.ts';

/** Turn cuts between bins into thresholds in the features' own units, so that scoring needs no bins. */
export function placeThresholds(
  { lastLeft, firstRight, ...tree }: BinnedTree,
  bounds: readonly BinBounds[],
): GrownTree {
  const threshold = Float64Array.from(tree.splitFeature, (feature, node) =>
    feature < 0 ? 0 : splitThreshold(bounds[feature]!, lastLeft[node]!, firstRight[node]!),
  );
  return { ...tree, threshold };
}

/**
 * Midway between the neighbouring values of the node.
 *
 * @param firstRight `MISSING` where only missing values go right.
 * @see scikit-learn: the lower neighbour where rounding would move the midpoint onto the upper one.
 */
export function splitThreshold(
  { lowest, highest }: BinBounds,
  lastLeft: number,
  firstRight: number,
): number {
  if (firstRight === MISSING) return Number.MAX_VALUE;
  const below = highest[lastLeft]!;
  const above = lowest[firstRight]!;
  const middle = below / 2 + above / 2;
  return middle >= below && middle < above ? middle : below;
}
