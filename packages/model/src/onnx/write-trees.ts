import { categoriesOfSet } from '../category-sets.ts';
import type { TreeEnsemble } from '../estimator.ts';
import type { GraphBuilder } from './graph-builder.ts';
import { number } from './graph-math.ts';
import { doubleTensor, uint8Tensor } from './make-tensor.ts';
import { ML_DOMAIN } from './onnx-messages.ts';

/** Go to the true branch when the value is at most the split. */
const BRANCH_LEQ = 0;
/** Go to the true branch when the value is one of a list. */
const BRANCH_MEMBER = 6;
/** Add the leaves of all trees up. */
const AGGREGATE_SUM = 1;

/**
 * Write trees into a graph, in double precision throughout. A leaf of ONNX's holds one number, so a
 * tree is written once per output that its leaves add to. Splits on sets of categories ask for the
 * very numbers, so they must stand for whole ones.
 *
 * @param outputs which of the ensemble's outputs to compute, in order.
 * @returns the raw scores, before the link: float64, n x outputs.
 */
export function writeTrees(
  graph: GraphBuilder,
  features: string,
  { trees, outputs }: { readonly trees: TreeEnsemble; readonly outputs: readonly number[] },
): string {
  const arrays = layOutTrees(trees, outputs);
  const sums = graph.operator('TreeEnsemble', {
    inputs: [features],
    domain: ML_DOMAIN,
    attributes: {
      n_targets: { int: outputs.length },
      aggregate_function: { int: AGGREGATE_SUM },
      post_transform: { int: 0 },
      tree_roots: { ints: arrays.roots },
      nodes_featureids: { ints: arrays.features },
      nodes_splits: { tensor: doubleTensor(arrays.splits) },
      nodes_modes: { tensor: uint8Tensor(arrays.modes) },
      nodes_truenodeids: { ints: arrays.trueIds },
      nodes_trueleafs: { ints: arrays.trueLeaves },
      nodes_falsenodeids: { ints: arrays.falseIds },
      nodes_falseleafs: { ints: arrays.falseLeaves },
      nodes_missing_value_tracks_true: { ints: arrays.missingTrue },
      ...(arrays.members.length > 0 && {
        membership_values: { tensor: doubleTensor(arrays.members) },
      }),
      leaf_targetids: { ints: arrays.targets },
      leaf_weights: { tensor: doubleTensor(arrays.weights) },
    },
  });
  const treeCount = trees.treeStarts.length - 1;
  const combined =
    trees.aggregation === 'mean'
      ? graph.operator('Div', { inputs: [sums, number(graph, treeCount)] })
      : sums;
  const base = outputs.map((output) => trees.baseScore[output]!);
  if (base.every((score) => score === 0)) return combined;
  const scores = graph.constant(doubleTensor(base, [1, base.length]));
  return graph.operator('Add', { inputs: [combined, scores] });
}

interface TreeArrays {
  readonly roots: number[];
  readonly features: number[];
  readonly modes: number[];
  readonly splits: number[];
  /** The lists of the nodes that ask for one, in their order, NaN behind each. */
  readonly members: number[];
  readonly trueIds: number[];
  readonly trueLeaves: number[];
  readonly falseIds: number[];
  readonly falseLeaves: number[];
  readonly missingTrue: number[];
  readonly targets: number[];
  readonly weights: number[];
}

function layOutTrees(trees: TreeEnsemble, outputs: readonly number[]): TreeArrays {
  const arrays: TreeArrays = {
    roots: [],
    features: [],
    modes: [],
    splits: [],
    members: [],
    trueIds: [],
    trueLeaves: [],
    falseIds: [],
    falseLeaves: [],
    missingTrue: [],
    targets: [],
    weights: [],
  };
  for (let tree = 0; tree + 1 < trees.treeStarts.length; tree++) {
    outputs.forEach((output, target) => {
      // Boosted trees of several classes add to one class each. An ensemble needs a tree at least.
      const isNeeded = arrays.roots.length === 0 || addsTo(trees, tree, output);
      if (isNeeded) layOutTree(arrays, trees, { tree, output, target });
    });
  }
  return arrays;
}

function addsTo(trees: TreeEnsemble, tree: number, output: number): boolean {
  for (let node = trees.treeStarts[tree]!; node < trees.treeStarts[tree + 1]!; node++) {
    const leaf = trees.leafIndex[node]!;
    if (leaf >= 0 && trees.leafValues[leaf * trees.outputCount + output] !== 0) return true;
  }
  return false;
}

function layOutTree(
  arrays: TreeArrays,
  trees: TreeEnsemble,
  { tree, output, target }: { tree: number; output: number; target: number },
): void {
  const start = trees.treeStarts[tree]!;
  const end = trees.treeStarts[tree + 1]!;
  arrays.roots.push(arrays.features.length);
  const place = new Int32Array(end - start);
  let nextNode = arrays.features.length;
  for (let node = start; node < end; node++) {
    const leaf = trees.leafIndex[node]!;
    place[node - start] = leaf >= 0 ? arrays.targets.length : nextNode++;
    if (leaf < 0) continue;
    arrays.targets.push(target);
    arrays.weights.push(trees.leafValues[leaf * trees.outputCount + output]!);
  }
  const isLeaf = (node: number) => Number(trees.splitFeature[node]! < 0);
  for (let node = start; node < end; node++) {
    // A tree of one leaf is a split whose branches both end there.
    if (isLeaf(node) === 1 && end - start > 1) continue;
    const left = trees.leftChild[node]!;
    const right = trees.rightChild[node]!;
    arrays.features.push(Math.max(0, trees.splitFeature[node]!));
    const members = membersOf(trees, node);
    // A list must not be empty, and no whole number is -Infinity.
    arrays.modes.push(members !== undefined && members.length > 0 ? BRANCH_MEMBER : BRANCH_LEQ);
    arrays.splits.push(members === undefined ? trees.threshold[node]! : -Infinity);
    for (const member of members ?? []) arrays.members.push(member);
    if (members !== undefined && members.length > 0) arrays.members.push(NaN);
    arrays.trueIds.push(place[left - start]!);
    arrays.trueLeaves.push(isLeaf(left));
    arrays.falseIds.push(place[right - start]!);
    arrays.falseLeaves.push(isLeaf(right));
    arrays.missingTrue.push(trees.missingLeft[node]!);
  }
}

/** The categories that a split sends left; undefined where it compares with its threshold. */
function membersOf({ categorySets }: TreeEnsemble, node: number): number[] | undefined {
  const set = categorySets?.setOf[node] ?? -1;
  return set < 0 ? undefined : categoriesOfSet(categorySets!, set);
}
