import type { KernelMemory } from '../kernels/kernel-memory.ts';
import {
  POINT_BYTES,
  SPLIT_ANCESTOR,
  SPLIT_ANCESTOR_SIDE,
  SPLIT_BYTES,
  SPLIT_CHILD_ROWS,
  SPLIT_FEATURE,
  SPLIT_INVERSES,
  SPLIT_LEFT_SHARE,
  SPLIT_PARENT,
  SPLIT_SHARE_ABOVE,
  SPLIT_SIDE,
  SPLIT_SLOT,
  TREE_BYTES,
  TREE_POINTS,
  TREE_SPLITS,
  TREE_SPLIT_COUNT,
  TREE_WALKS,
  WALK_POINTS,
} from '../kernels/split-layout.ts';
import type { WalkPlan } from './walk-plan.ts';
import type { WalkedTrees } from './walked-trees.ts';

/** Write what does not depend on the row: points, trees, splits and leaves. */
export function writeSplits(walked: WalkedTrees, plan: WalkPlan, memory: KernelMemory): void {
  const { words, doubles } = memory;
  const { starts, ancestor, shareAbove } = walked.table;
  for (const [blocks, address] of plan.points) {
    blocks.forEach(({ points, weights }, walk) => {
      doubles.set(points, address / 8 + 2 * WALK_POINTS * walk);
      doubles.set(weights, address / 8 + 2 * WALK_POINTS * walk + WALK_POINTS);
    });
  }
  walked.childValues.forEach((values, output) => {
    doubles.set(values, (plan.childValues + output * plan.childValueBytes) / 8);
  });
  let inverse = plan.inverses / 8;
  plan.walkedTrees.forEach((tree, i) => {
    const address = plan.trees + i * TREE_BYTES;
    const blocks = plan.blocks[tree]!;
    words[(address + TREE_SPLITS) / 4] = plan.splits + starts[tree]! * SPLIT_BYTES;
    words[(address + TREE_SPLIT_COUNT) / 4] = starts[tree + 1]! - starts[tree]!;
    words[(address + TREE_WALKS) / 4] = blocks.length;
    words[(address + TREE_POINTS) / 4] = plan.points.get(blocks)!;
    for (let split = starts[tree]!; split < starts[tree + 1]!; split++) {
      writeSplit(walked, split, { plan, memory, inverse });
      if (ancestor[split]! < 0) continue;
      for (const { points } of blocks) {
        for (const x of points) doubles[inverse++] = 1 / (x + (1 - x) * shareAbove[split]!);
      }
    }
  });
  // What these splits compare with is written by row: 0 goes left, 1 right.
  plan.setSplits.forEach((split, i) => {
    const address = plan.splits + split * SPLIT_BYTES;
    doubles[address / 8] = 0.5;
    words[(address + SPLIT_SLOT) / 4] = 8 * (2 * plan.featureCount + i);
  });
}

interface SplitTarget {
  readonly plan: WalkPlan;
  readonly memory: KernelMemory;
  /** Where the split's inverses start, in doubles. */
  readonly inverse: number;
}

function writeSplit({ trees, table }: WalkedTrees, split: number, target: SplitTarget): void {
  const { plan, memory, inverse } = target;
  const { words, doubles, bytes } = memory;
  const address = plan.splits + split * SPLIT_BYTES;
  const node = table.node[split]!;
  const feature = table.feature[split]!;
  const ancestor = table.ancestor[split]!;
  doubles[address / 8] = trees.threshold[node]!;
  doubles[(address + SPLIT_LEFT_SHARE) / 8] = table.childShare[2 * split]!;
  doubles[(address + SPLIT_SHARE_ABOVE) / 8] = table.shareAbove[split]!;
  words[(address + SPLIT_SLOT) / 4] = 8 * (2 * feature + trees.missingLeft[node]!);
  words[(address + SPLIT_PARENT) / 4] = Math.max(0, table.parent[split]!);
  words[(address + SPLIT_ANCESTOR) / 4] = ancestor;
  bytes[address + SPLIT_SIDE] = table.side[split]!;
  bytes[address + SPLIT_ANCESTOR_SIDE] = table.ancestorSide[split]!;
  words[(address + SPLIT_FEATURE) / 4] = 8 * feature * trees.outputCount;
  words[(address + SPLIT_INVERSES) / 4] = 8 * inverse;
  for (const side of [0, 1]) {
    const child = table.childSplit[2 * split + side]!;
    words[(address + SPLIT_CHILD_ROWS) / 4 + side] = POINT_BYTES * (child + 1);
  }
}
