import {
  COUNT,
  FIRST_RIGHT,
  IS_PURE,
  LAST_LEFT,
  LEFT_COUNT,
  MISSING_LEFT,
  NODE,
  PAIRS,
  SCORE,
  SPLIT_FEATURE,
  START,
  TREE,
} from '../kernels/forest-layout.ts';
import type { OpenKernels } from '../kernels/open-kernels.ts';
import type { FoundSplit } from './found-split.ts';
import { type OpenNode, createFrontier } from './frontier.ts';
import type { TreeTerms } from './tree-terms.ts';
import { type BinnedTree, createTreeNodes } from './tree-nodes.ts';

/** One tree and what its splits were worth. */
export interface TreeGrowth {
  readonly tree: BinnedTree;
  /** Length features: impurity decrease times weight, summed over each feature's splits. */
  readonly gains: Float64Array;
}

/** A stretch of the tree's rows to become a node. */
interface Stretch {
  readonly start: number;
  readonly count: number;
  readonly depth: number;
}

/**
 * Make the function that grows tree number `tree` of a forest, at a thread's seat in the memory.
 *
 * A tree depends on the data, the options and its number alone: its bag is drawn from
 * (seed, tree), the features of a split from (seed, tree, node). So it does not matter which
 * thread grows it, or after which other.
 */
export function createTreeGrower(
  { kernels, memory }: OpenKernels,
  terms: TreeTerms,
): (tree: number) => TreeGrowth {
  const { seat, options, featureCount } = terms;
  const { words, unsigned, doubles } = memory;
  const { job } = seat;
  const read = (field: number) => words[(job + field) >>> 2]!;
  const write = (field: number, value: number) => (words[(job + field) >>> 2] = value);
  const totals = seat.totals >>> 3;

  function growTree(tree: number): TreeGrowth {
    const nodes = createTreeNodes();
    const frontier = createFrontier(options.maxLeafNodes);
    const gains = new Float64Array(featureCount);
    let leafCount = 1;

    function open(stretch: Stretch): number {
      const { count, depth } = stretch;
      sum(stretch);
      const node = nodes.add(doubles[totals]!);
      const isSplittable =
        read(IS_PURE) === 0 &&
        depth < options.maxDepth &&
        count >= options.minSamplesSplit &&
        count >= 2 * options.minSamplesLeaf;
      const split = isSplittable ? findSplit(node) : undefined;
      if (split === undefined) closeLeaf(node, stretch);
      else frontier.push({ ...stretch, node, split });
      return node;
    }

    function closeLeaf(node: number, stretch: Stretch): void {
      appendOutputs(nodes.leafValues, stretch);
      nodes.close(node);
    }

    function split({ node, depth, start, count, split }: OpenNode): void {
      const left = part(split, { start, count });
      gains[split.feature]! += split.gain;
      leafCount++;
      nodes.split(node, {
        ...split,
        leftChild: open({ start, count: left, depth: depth + 1 }),
        rightChild: open({ start: start + left, count: count - left, depth: depth + 1 }),
      });
    }

    write(TREE, tree);
    kernels.drawBag(job);
    open({ start: 0, count: read(COUNT), depth: 0 });
    for (let next = frontier.pop(); next !== undefined; next = frontier.pop()) {
      if (leafCount < options.maxLeafNodes) split(next);
      else {
        sum(next);
        closeLeaf(next.node, next);
      }
    }
    return { tree: nodes.finish(), gains };
  }

  function sum({ start, count }: Pick<Stretch, 'start' | 'count'>): void {
    write(START, start);
    write(COUNT, count);
    kernels.sumNode(job);
  }

  /** The best split of the node that was summed up last. */
  function findSplit(node: number): FoundSplit | undefined {
    write(NODE, node);
    kernels.searchNode(job);
    const feature = read(SPLIT_FEATURE);
    if (feature < 0) return undefined;
    return {
      feature,
      lastLeft: read(LAST_LEFT),
      firstRight: read(FIRST_RIGHT),
      missingLeft: read(MISSING_LEFT),
      gain: doubles[(job + SCORE) >>> 3]!,
    };
  }

  /** @returns how many rows go left. */
  function part(split: FoundSplit, { start, count }: Pick<Stretch, 'start' | 'count'>): number {
    write(START, start);
    write(COUNT, count);
    write(SPLIT_FEATURE, split.feature);
    write(LAST_LEFT, split.lastLeft);
    write(MISSING_LEFT, split.missingLeft);
    kernels.partNode(job);
    return read(LEFT_COUNT);
  }

  /** Append the outputs of the node that was summed up last. */
  function appendOutputs(leafValues: number[], stretch: Stretch): void {
    const weight = doubles[totals]!;
    if (terms.targets !== 0) leafValues.push(meanTarget(stretch, weight));
    else if (terms.kind === PAIRS) {
      const ofSecond = doubles[totals + 1]!;
      leafValues.push((weight - ofSecond) / weight);
      if (terms.classCount > 1) leafValues.push(ofSecond / weight);
    } else {
      for (let k = 1; k <= terms.classCount; k++) leafValues.push(doubles[totals + k]! / weight);
    }
  }

  /** Equal targets have themselves for a mean, to the bit. */
  function meanTarget({ start, count }: Stretch, weight: number): number {
    const targets = terms.targets >>> 3;
    const index = (seat.index >>> 2) + start;
    const stats = (seat.stats >>> 3) + 2 * start;
    const first = doubles[targets + unsigned[index]!]!;
    let offset = 0;
    for (let i = 0; i < count; i++) {
      offset += doubles[stats + 2 * i]! * (doubles[targets + unsigned[index + i]!]! - first);
    }
    return first + offset / weight;
  }

  return growTree;
}
