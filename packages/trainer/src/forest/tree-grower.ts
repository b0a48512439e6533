import { createRandom } from '@gnu-mlops/core';
import type { GrownTree } from '@gnu-mlops/model';
import { MISSING_BIN } from './binned-matrix.ts';
import { createClassStatistics } from './class-statistics.ts';
import { drawBootstrap } from './draw-bootstrap.ts';
import { createFeatureUrn } from './feature-urn.ts';
import type { ForestData, TreeOptions } from './forest-data.ts';
import { type OpenNode, createFrontier } from './frontier.ts';
import type { NodeStatistics, RowWorkspace } from './node-statistics.ts';
import { createNumberStatistics } from './number-statistics.ts';
import { type SplitChoice, emptySplitChoice, splitThreshold } from './split-choice.ts';
import { FEATURES_PER_PASS, createSplitSearch } from './split-search.ts';
import { createTreeNodes } from './tree-nodes.ts';

/** One tree and what its splits were worth. */
export interface TreeGrowth {
  readonly tree: GrownTree;
  /** Length features: impurity decrease times weight, summed over each feature's splits. */
  readonly gains: Float64Array;
}

/**
 * Make the function that grows tree number `tree` of a forest.
 *
 * A tree depends on the data, the options and its number alone: its bag is drawn from
 * (seed, tree), the features of a split from (seed, tree, node). So it does not matter which
 * thread grows it, or after which other.
 */
export function createTreeGrower(
  data: ForestData,
  options: TreeOptions,
): (tree: number) => TreeGrowth {
  const { matrix } = data;
  const { rowCount, featureCount } = matrix;
  const workspace: RowWorkspace = {
    rows: new Int32Array(rowCount),
    weights: new Float64Array(rowCount),
  };
  const { rows } = workspace;
  const rightRows = new Int32Array(rowCount);
  const statistics = openStatistics(data, options, workspace);
  const searchFeatures = createSplitSearch(matrix, statistics);
  const urn = createFeatureUrn(featureCount);
  const drawn = new Int32Array(FEATURES_PER_PASS);

  function growTree(tree: number): TreeGrowth {
    const nodes = createTreeNodes();
    const frontier = createFrontier(options.maxLeafNodes);
    const gains = new Float64Array(featureCount);
    let leafCount = 1;

    function open(stretch: { start: number; end: number; depth: number }): number {
      const { start, end, depth } = stretch;
      const summary = statistics.open(stretch);
      const node = nodes.add(summary.weight);
      const isSplittable =
        !summary.isPure &&
        depth < options.maxDepth &&
        end - start >= options.minSamplesSplit &&
        end - start >= 2 * options.minSamplesLeaf;
      const choice = isSplittable ? findSplit(tree, node, end - start) : emptySplitChoice();
      if (choice.feature < 0) closeLeaf(node);
      else {
        const gain = Math.max(0, choice.score - summary.score);
        frontier.push({ node, depth, start, end, choice, gain });
      }
      return node;
    }

    function closeLeaf(node: number): void {
      statistics.appendOutputs(nodes.leafValues);
      nodes.close(node);
    }

    function split({ node, depth, start, end, choice, gain }: OpenNode): void {
      const middle = partition(start, end, choice);
      gains[choice.feature]! += gain;
      leafCount++;
      nodes.split(node, {
        feature: choice.feature,
        threshold: splitThreshold(choice, matrix),
        missingLeft: choice.missingLeft,
        leftChild: open({ start, end: middle, depth: depth + 1 }),
        rightChild: open({ start: middle, end, depth: depth + 1 }),
      });
    }

    open({ start: 0, end: fillBag(tree), depth: 0 });
    for (let next = frontier.pop(); next !== undefined; next = frontier.pop()) {
      if (leafCount < options.maxLeafNodes) split(next);
      else {
        statistics.open(next);
        closeLeaf(next.node);
      }
    }
    return { tree: nodes.finish(), gains };
  }

  /** Put the tree's rows and their weights into the workspace. @returns how many rows. */
  function fillBag(tree: number): number {
    const multiplicity =
      options.sampling === 'bootstrap' ? drawBootstrap(rowCount, { ...options, tree }) : undefined;
    let inBag = 0;
    for (let row = 0; row < rowCount; row++) {
      const weight = data.weights[row]! * (multiplicity?.[row] ?? 1);
      workspace.weights[row] = weight;
      if (weight > 0) rows[inBag++] = row;
    }
    return inBag;
  }

  /**
   * The best split over the drawn features. As long as all of them are constant, more are drawn.
   *
   * @see scikit-learn's BestSplitter, which goes on in the same way.
   */
  function findSplit(tree: number, node: number, rowsInNode: number): SplitChoice {
    const choice = emptySplitChoice();
    urn.refill(createRandom(options.seed, tree, node));
    let seen = 0;
    let constants = 0;
    while (seen < featureCount && (seen < options.featuresPerSplit || seen === constants)) {
      const wanted = Math.max(1, options.featuresPerSplit - seen);
      const count = Math.min(FEATURES_PER_PASS, wanted);
      for (let i = 0; i < count; i++) drawn[i] = urn.draw();
      constants += searchFeatures({ features: drawn, count, rowsInNode }, choice);
      seen += count;
    }
    return choice;
  }

  /** Move the left rows before the right ones, each side in its old order. @returns where right starts. */
  function partition(start: number, end: number, choice: SplitChoice): number {
    const { bins } = matrix;
    const column = choice.feature * rowCount;
    let left = start;
    let right = 0;
    for (let i = start; i < end; i++) {
      const row = rows[i]!;
      const bin = bins[column + row]!;
      const isLeft = bin === MISSING_BIN ? choice.missingLeft === 1 : bin <= choice.lastLeftBin;
      if (isLeft) rows[left++] = row;
      else rightRows[right++] = row;
    }
    rows.set(rightRows.subarray(0, right), left);
    return left;
  }

  return growTree;
}

function openStatistics(
  data: ForestData,
  options: TreeOptions,
  workspace: RowWorkspace,
): NodeStatistics {
  const { target } = data;
  return target.task === 'classification'
    ? createClassStatistics({ ...data, target }, options, workspace)
    : createNumberStatistics({ ...data, target }, options, workspace);
}
