import { checkCategorySets } from './check-category-sets.ts';
import { checkFinite } from './check-finite.ts';
import { ModelInvalidError } from './errors.ts';
import type { TreeEnsemble } from './estimator.ts';

/**
 * Check that flat arrays hold proper trees: lengths agree, every index is within bounds, and within
 * a tree every node but the root is the child of exactly one node before it, so that each walk ends.
 *
 * @returns the smallest number of features that the splits need.
 * @throws {ModelInvalidError} naming the array and the index.
 */
export function checkTrees(trees: TreeEnsemble): number {
  checkLengths(trees);
  if (trees.categorySets) checkCategorySets(trees.categorySets, trees.splitFeature);
  checkFinite('estimator.leafValues', trees.leafValues);
  checkFinite('estimator.baseScore', trees.baseScore);
  const parentCount = new Uint8Array(trees.splitFeature.length);
  let featureCount = 0;
  for (let tree = 0; tree < trees.treeStarts.length - 1; tree++) {
    const start = trees.treeStarts[tree]!;
    const end = trees.treeStarts[tree + 1]!;
    for (let node = start; node < end; node++) {
      const feature = trees.splitFeature[node]!;
      if (feature < 0) checkLeaf(trees, node);
      else checkSplit(trees, { node, end, parentCount });
      featureCount = Math.max(featureCount, feature + 1);
    }
    checkParents(parentCount, start, end);
  }
  return featureCount;
}

function checkLengths(trees: TreeEnsemble): void {
  const { treeStarts, leafValues, outputCount } = trees;
  const nodeCount = trees.splitFeature.length;
  const perNode = ['threshold', 'leftChild', 'rightChild', 'missingLeft', 'leafIndex', 'cover'];
  for (const name of perNode as 'threshold'[]) {
    const { length } = trees[name];
    if (length !== nodeCount) throw invalid(name, `has ${length} entries for ${nodeCount} nodes`);
  }
  if (trees.baseScore.length !== outputCount) {
    throw invalid('baseScore', `has ${trees.baseScore.length} entries for ${outputCount} outputs`);
  }
  if (leafValues.length % outputCount !== 0) {
    throw invalid(
      'leafValues',
      `has ${leafValues.length} entries, not ${outputCount} for each leaf`,
    );
  }
  if (treeStarts.length < 2) throw invalid('treeStarts', 'holds no tree');
  if (treeStarts[0] !== 0) throw invalid('treeStarts[0]', `is ${treeStarts[0]}, not 0`);
  for (let tree = 1; tree < treeStarts.length; tree++) {
    if (treeStarts[tree]! <= treeStarts[tree - 1]!) {
      throw invalid(
        `treeStarts[${tree}]`,
        'does not come after the one before: a tree has no nodes',
      );
    }
  }
  if (treeStarts.at(-1) !== nodeCount) {
    throw invalid('treeStarts', `ends at ${treeStarts.at(-1)} where there are ${nodeCount} nodes`);
  }
}

function checkLeaf(trees: TreeEnsemble, node: number): void {
  const leafCount = trees.leafValues.length / trees.outputCount;
  const leaf = trees.leafIndex[node]!;
  if (trees.splitFeature[node] !== -1) {
    throw invalid(
      `splitFeature[${node}]`,
      `is ${trees.splitFeature[node]}, neither a feature nor -1`,
    );
  }
  if (leaf < 0 || leaf >= leafCount) {
    throw invalid(`leafIndex[${node}]`, `is ${leaf} where there are ${leafCount} leaves`);
  }
  if (trees.leftChild[node] !== node || trees.rightChild[node] !== node) {
    throw invalid(`leftChild[${node}]`, 'leads away from a leaf, which must point at itself');
  }
  checkNumbers(trees, node);
}

interface SplitAt {
  readonly node: number;
  /** One past the tree's last node. */
  readonly end: number;
  readonly parentCount: Uint8Array;
}

function checkSplit(trees: TreeEnsemble, { node, end, parentCount }: SplitAt): void {
  for (const side of ['leftChild', 'rightChild'] as const) {
    const child = trees[side][node]!;
    if (child <= node || child >= end) {
      throw invalid(`${side}[${node}]`, `is ${child}, not a later node of the same tree`);
    }
    if (parentCount[child]! > 0) {
      throw invalid(`${side}[${node}]`, `is ${child}, which another split leads to already`);
    }
    parentCount[child] = 1;
  }
  if (trees.leafIndex[node] !== -1) {
    throw invalid(
      `leafIndex[${node}]`,
      `is ${trees.leafIndex[node]} at a split, where it must be -1`,
    );
  }
  checkNumbers(trees, node);
}

function checkNumbers({ threshold, missingLeft, cover }: TreeEnsemble, node: number): void {
  if (Number.isNaN(threshold[node])) throw invalid(`threshold[${node}]`, 'is NaN');
  if (missingLeft[node]! > 1) {
    throw invalid(`missingLeft[${node}]`, `is ${missingLeft[node]}, neither 0 nor 1`);
  }
  if (!Number.isFinite(cover[node]) || cover[node]! < 0) {
    throw invalid(`cover[${node}]`, `is ${cover[node]}, not a weight of training rows`);
  }
}

function checkParents(parentCount: Uint8Array, start: number, end: number): void {
  for (let node = start + 1; node < end; node++) {
    if (parentCount[node] === 0) throw invalid(`leftChild`, `never leads to node ${node}`);
  }
}

function invalid(name: string, what: string): ModelInvalidError {
  return new ModelInvalidError(`estimator.${name}`, what);
}
