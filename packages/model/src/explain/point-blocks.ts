import { gaussLegendre } from './gauss-legendre.ts';

/** Some points of a quadrature rule over [0, 1] and their weights, as many of each. */
export interface PointBlock {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/**
 * A rule, in blocks, that is exact for the Shapley values of paths that look at so many features:
 * their polynomials have one degree less.
 *
 * @param blockPoints points of a block: what one walk over a tree deals with.
 */
function pointBlocks(pathFeatures: number, blockPoints: number): PointBlock[] {
  const blockCount = Math.max(1, Math.ceil(pathFeatures / (2 * blockPoints)));
  const { points, weights } = gaussLegendre(blockCount * blockPoints);
  return Array.from({ length: blockCount }, (_, block) => {
    const from = block * blockPoints;
    return {
      points: points.slice(from, from + blockPoints),
      weights: weights.slice(from, from + blockPoints),
    };
  });
}

/** The blocks of each tree; trees of equally long paths share theirs. */
export function blocksByTree(
  pathFeatures: Int32Array,
  blockPoints: number,
): (readonly PointBlock[])[] {
  const known = new Map<number, readonly PointBlock[]>();
  return Array.from(pathFeatures, (features) => {
    const blocks = known.get(features) ?? pointBlocks(features, blockPoints);
    known.set(features, blocks);
    return blocks;
  });
}
