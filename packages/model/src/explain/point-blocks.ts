import { gaussLegendre } from './gauss-legendre.ts';

/** Points that one walk over a tree deals with: enough for paths of ten features. */
export const BLOCK_POINTS = 5;

/** Some points of a quadrature rule over [0, 1] and their weights; BLOCK_POINTS of each. */
export interface PointBlock {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/**
 * A rule, in blocks, that is exact for the Shapley values of paths that look at so many features:
 * their polynomials have one degree less.
 */
export function pointBlocks(pathFeatures: number): PointBlock[] {
  const blockCount = Math.max(1, Math.ceil(pathFeatures / (2 * BLOCK_POINTS)));
  const { points, weights } = gaussLegendre(blockCount * BLOCK_POINTS);
  return Array.from({ length: blockCount }, (_, block) => {
    const from = block * BLOCK_POINTS;
    return {
      points: points.slice(from, from + BLOCK_POINTS),
      weights: weights.slice(from, from + BLOCK_POINTS),
    };
  });
}
