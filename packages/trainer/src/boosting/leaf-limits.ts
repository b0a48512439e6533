import type { BoostingSettings } from './boosting-settings.ts';
import type { FixedPoint } from './fixed-point.ts';
import { leafScore, leafValue } from './leaf-value.ts';
import type { TreeLeaf } from './tree-leaf.ts';

/** The least sum of hessians that each side of a split of a leaf must have, in fixed point. */
export function leastHessianOf(
  { hessian, count }: TreeLeaf,
  { minRowsPerLeaf, minHessianPerLeaf }: BoostingSettings,
  { hessianScale }: FixedPoint,
): number {
  // Rows are counted by their share of the hessians, but that each side has one is certain.
  const leastOfRows = minRowsPerLeaf <= 1 ? 1 : ((minRowsPerLeaf - 0.5) * hessian) / count;
  return Math.max(1, minHessianPerLeaf * hessianScale, leastOfRows);
}

/** What a leaf that is not split takes off the loss, twice. */
export function leafScoreOf(
  { gradient, hessian, lower, upper }: TreeLeaf,
  { l1, l2 }: BoostingSettings,
  { gradientScale, hessianScale }: FixedPoint,
): number {
  const rules = { l1, l2, lower, upper };
  const real = { gradient: gradient / gradientScale, hessian: hessian / hessianScale };
  return leafScore(rules, { ...real, value: leafValue(rules, real.gradient, real.hessian) });
}

/** The score that a split of a leaf must exceed. */
export function scoreToBeat(
  leaf: TreeLeaf,
  settings: BoostingSettings,
  fixedPoint: FixedPoint,
): number {
  return leafScoreOf(leaf, settings, fixedPoint) * (1 + 1e-12) + settings.minGain;
}
