import { createMemoryPlan } from '../kernels/memory-plan.ts';
import {
  EXPLANATION_BYTES,
  POINT_BYTES,
  SPLIT_BYTES,
  TREE_BYTES,
  WALK_POINTS,
} from '../kernels/split-layout.ts';
import { type PointBlock, blocksByTree } from './point-blocks.ts';
import type { WalkedTrees } from './walked-trees.ts';

/** Where the parts of an explanation lie in the kernels' memory; addresses in bytes. */
export interface WalkPlan {
  readonly job: number;
  readonly trees: number;
  /** The trees that have splits. */
  readonly walkedTrees: Int32Array;
  readonly splits: number;
  /** The splits that ask for a set of categories. */
  readonly setSplits: Int32Array;
  /** The points and weights of each tree's walks; trees may share them. */
  readonly blocks: readonly (readonly PointBlock[])[];
  readonly points: ReadonlyMap<readonly PointBlock[], number>;
  readonly inverses: number;
  readonly childValues: number;
  /** Bytes of one output's. */
  readonly childValueBytes: number;
  /** How many features there is room for: those that the trees look at. */
  readonly featureCount: number;
  readonly values: number;
  readonly contributions: number;
  readonly weights: number;
  readonly expected: number;
  readonly sizeBytes: number;
}

/** Find room for all that explaining rows takes. */
export function planWalks({ trees, table, childValues }: WalkedTrees): WalkPlan {
  const { starts, feature, node, ancestor } = table;
  const { reserve, size } = createMemoryPlan();
  const blocks = blocksByTree(table.pathFeatures, WALK_POINTS);
  const countOf = (tree: number) => starts[tree + 1]! - starts[tree]!;
  const walkedTrees = Int32Array.from(blocks.keys()).filter((tree) => countOf(tree) > 0);
  const setOf = trees.categorySets?.setOf;
  const setSplits = Int32Array.from(node.keys()).filter(
    (split) => (setOf?.[node[split]!] ?? -1) >= 0,
  );
  let featureCount = 0;
  for (const used of feature) featureCount = Math.max(featureCount, used + 1);
  let most = 1;
  let inverseRows = 0;
  for (const tree of walkedTrees) {
    most = Math.max(most, countOf(tree));
    for (let split = starts[tree]!; split < starts[tree + 1]!; split++) {
      if (ancestor[split]! >= 0) inverseRows += blocks[tree]!.length;
    }
  }
  const childValueBytes = 16 * feature.length;
  return {
    job: reserve(EXPLANATION_BYTES),
    trees: reserve(TREE_BYTES * walkedTrees.length),
    walkedTrees,
    splits: reserve(SPLIT_BYTES * feature.length),
    setSplits,
    blocks,
    points: new Map(
      [...new Set(blocks)].map((own) => [own, reserve(2 * POINT_BYTES * own.length)]),
    ),
    inverses: reserve(POINT_BYTES * inverseRows),
    childValues: reserve(childValueBytes * childValues.length),
    childValueBytes,
    featureCount,
    values: reserve(8 * (2 * featureCount + setSplits.length)),
    contributions: reserve(8 * featureCount * trees.outputCount),
    weights: reserve(POINT_BYTES * most),
    expected: reserve(POINT_BYTES * (most + 1)),
    sizeBytes: size(),
  };
}
