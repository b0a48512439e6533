import type { GrownTree } from '@gnu-mlops/model';
import type { BinnedFeature } from './binned-feature.ts';
import type { BoostingSettings } from './boosting-settings.ts';
import type { Desk } from './desk.ts';
import { type LeafValues, type TreeSplit, finishTree } from './finish-tree.ts';
import type { FixedPoint } from './fixed-point.ts';
import { leafValue } from './leaf-value.ts';
import { partRows } from './part-rows.ts';
import type { SearchSpace } from './search-space.ts';
import { searchSplits } from './split-search.ts';
import type { FoundSplit, TreeLeaf } from './tree-leaf.ts';

/** What a tree is grown from. */
export interface TreeTask extends SearchSpace {
  /** All binned features. */
  readonly binned: readonly BinnedFeature[];
  /** Rows of the index to learn from: its first. */
  readonly rowCount: number;
  readonly fixedPoint: FixedPoint;
  /** Sums over them, in fixed point. */
  readonly gradient: number;
  readonly hessian: number;
}

/** A tree as grown: its shape, its leaves by their rows, and what each split was worth. */
export interface GrownShape {
  /** Make the tree of it. @param values one a leaf, outputCount numbers each. */
  readonly finish: (values: LeafValues) => GrownTree;
  /** In the order of their nodes. */
  readonly leaves: readonly TreeLeaf[];
  /** The Newton step of each leaf, before the learning rate. */
  readonly steps: Float64Array;
  /** Gain of the splits on each binned feature. */
  readonly gains: Float64Array;
}

/** Grow one tree over the gradients that are in the desk's memory. */
export function growTree(desk: Desk, settings: BoostingSettings, task: TreeTask): GrownShape {
  const free = Array.from({ length: desk.layout.histogramCount }, (_, i) => i).reverse();
  const scratch = free.pop()!;
  const splits: TreeSplit[] = [];
  const gains = new Float64Array(task.binned.length);
  const root: TreeLeaf = {
    node: 0,
    depth: 0,
    start: 0,
    count: task.rowCount,
    gradient: task.gradient,
    hessian: task.hessian,
    lower: -settings.maxStep,
    upper: settings.maxStep,
    addedL2: 0,
    histogram: free.pop()!,
    split: undefined,
  };
  const leaves: TreeLeaf[] = [root];
  let nodeCount = 1;
  if (mayGrow(root))
    searchSplits(desk, settings, task, { summed: root, sibling: undefined, scanned: [root] });

  while (leaves.length < settings.maxLeaves) {
    const at = nextLeaf(leaves, settings.growth);
    if (at < 0) break;
    const leaf = leaves[at]!;
    const found = leaf.split!;
    const leftCount = partRows(desk, leaf, found);
    const [left, right] = childrenOf(leaf, found, leftCount);
    splits.push({ leaf, found, left: left.node, right: right.node });
    gains[task.binned.indexOf(found.feature)]! += found.gain;
    nodeCount += 2;
    if (settings.growth === 'best_first') leaves[at] = left;
    else leaves.splice(at, 1);
    if (settings.growth === 'best_first') leaves.push(right);
    else leaves.push(left, right);
    if (leaves.length < settings.maxLeaves) searchChildren(leaf, left, right);
    else release(leaf);
  }
  leaves.sort((a, b) => a.node - b.node);
  const finish = (values: LeafValues) => finishTree({ nodeCount, splits, leaves }, values);
  return { finish, leaves, steps: Float64Array.from(leaves, stepOf), gains };

  function mayGrow(leaf: TreeLeaf): boolean {
    return leaf.depth < settings.maxDepth && leaf.count >= 2 * Math.max(1, settings.minRowsPerLeaf);
  }

  function stepOf({ gradient, hessian, lower, upper, addedL2 }: TreeLeaf): number {
    const { gradientScale, hessianScale } = task.fixedPoint;
    const rules = { l1: settings.l1, l2: settings.l2 + addedL2, lower, upper };
    return leafValue(rules, gradient / gradientScale, hessian / hessianScale);
  }

  function childrenOf(leaf: TreeLeaf, found: FoundSplit, leftCount: number): [TreeLeaf, TreeLeaf] {
    const child = { depth: leaf.depth + 1, histogram: -1, split: undefined };
    const { lower, upper } = leaf;
    const { direction } = found.feature;
    const { addedL2 } = found;
    const left: TreeLeaf = {
      ...child,
      node: nodeCount,
      start: leaf.start,
      count: leftCount,
      gradient: found.leftGradient,
      hessian: found.leftHessian,
      lower,
      upper,
      addedL2,
    };
    const right: TreeLeaf = {
      ...child,
      node: nodeCount + 1,
      start: leaf.start + leftCount,
      count: leaf.count - leftCount,
      gradient: leaf.gradient - found.leftGradient,
      hessian: leaf.hessian - found.leftHessian,
      lower,
      upper,
      addedL2,
    };
    if (direction === 0) return [left, right];
    // Everything below the left child stays on its side of the middle, and so does the right.
    const middle = (stepOf(left) + stepOf(right)) / 2;
    return direction > 0
      ? [
          { ...left, upper: middle },
          { ...right, lower: middle },
        ]
      : [
          { ...left, lower: middle },
          { ...right, upper: middle },
        ];
  }

  /** Find the children's splits: the smaller's histogram anew, the larger's by subtraction. */
  function searchChildren(parent: TreeLeaf, left: TreeLeaf, right: TreeLeaf): void {
    const [small, large] = left.count <= right.count ? [left, right] : [right, left];
    const scanned = [small, large].filter(mayGrow);
    if (scanned.length === 0) {
      release(parent);
      return;
    }
    const spare = free.pop();
    if (parent.histogram >= 0 && spare !== undefined) {
      small.histogram = spare;
      large.histogram = parent.histogram;
      parent.histogram = -1;
      const sibling = scanned.includes(large) ? large : undefined;
      searchSplits(desk, settings, task, { summed: small, sibling, scanned });
      for (const leaf of [small, large]) if (leaf.split === undefined) release(leaf);
      return;
    }
    // No room to keep another histogram: both are made anew, one after the other.
    release(parent);
    if (spare !== undefined) free.push(spare);
    for (const leaf of scanned) {
      leaf.histogram = scratch;
      searchSplits(desk, settings, task, { summed: leaf, sibling: undefined, scanned: [leaf] });
      leaf.histogram = -1;
    }
  }

  function release(leaf: TreeLeaf): void {
    if (leaf.histogram >= 0) free.push(leaf.histogram);
    leaf.histogram = -1;
  }
}

/** The leaf to split next; -1: none has a split. */
function nextLeaf(leaves: readonly TreeLeaf[], growth: BoostingSettings['growth']): number {
  if (growth === 'level_by_level') return leaves.findIndex(({ split }) => split !== undefined);
  let next = -1;
  let most = 0;
  leaves.forEach(({ split }, i) => {
    if (split === undefined || split.gain <= most) return;
    most = split.gain;
    next = i;
  });
  return next;
}
