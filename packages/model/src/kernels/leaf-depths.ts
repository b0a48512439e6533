import type { TreeEnsemble } from '../estimator.ts';

/** How many splits are above a tree's leaves. */
export interface LeafDepths {
  /** Weighted by the leaves' cover, where the tree has one. */
  readonly mean: number;
  readonly deepest: number;
}

/** Measure one tree of a checked ensemble, whose nodes come after their parents. */
export function leafDepths(trees: TreeEnsemble, tree: number): LeafDepths {
  const { treeStarts, splitFeature, leftChild, rightChild, cover } = trees;
  const start = treeStarts[tree]!;
  const end = treeStarts[tree + 1]!;
  const depths = new Int32Array(end - start);
  const plain = { sum: 0, weight: 0 };
  const covered = { sum: 0, weight: 0 };
  let deepest = 0;
  for (let node = start; node < end; node++) {
    const depth = depths[node - start]!;
    if (splitFeature[node]! >= 0) {
      depths[leftChild[node]! - start] = depth + 1;
      depths[rightChild[node]! - start] = depth + 1;
      continue;
    }
    deepest = Math.max(deepest, depth);
    plain.sum += depth;
    plain.weight++;
    covered.sum += depth * cover[node]!;
    covered.weight += cover[node]!;
  }
  const { sum, weight } = covered.weight > 0 ? covered : plain;
  return { mean: sum / weight, deepest };
}
