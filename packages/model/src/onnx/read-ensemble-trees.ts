import type { GrownTree } from '../grown-tree.ts';
import { checkLeaf, checkTreeLists } from './check-tree-lists.ts';
import type { NodeAttributes } from './node-attributes.ts';
import { OnnxCorruptError } from './onnx-errors.ts';
import { type TreeShape, growTrees } from './tree-table.ts';

const OPERATOR = 'ai.onnx.ml.TreeEnsemble';

/** The names of the comparisons, by their numbers in `nodes_modes`. */
const modeNames = [
  'BRANCH_LEQ',
  'BRANCH_LT',
  'BRANCH_GTE',
  'BRANCH_GT',
  'BRANCH_EQ',
  'BRANCH_NEQ',
  'BRANCH_MEMBER',
];

/**
 * Read the trees of a `TreeEnsemble` node, which keeps branches and leaves in lists of their own. A
 * tree for each output in turn, as for lack of leaves of several numbers, becomes one tree again.
 *
 * @throws {OnnxCorruptError} when the arrays make no trees.
 * @throws {OnnxOperatorError} when a branch asks for equal values, not for an order.
 * @see https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsemble.html
 */
export function readEnsembleTrees(node: NodeAttributes, shape: TreeShape): GrownTree[] {
  const branches = readBranches(node);
  const leaves = readLeaves(node, shape.outputCount);
  const count = branches.modes.length;
  // Each branch has a place of its own for either leaf, as two may name the same.
  const leafOf: (number | undefined)[] = new Array<number | undefined>(3 * count).fill(undefined);
  const child = (ids: readonly number[], isLeaf: readonly number[], side: 1 | 2) =>
    ids.map((id, i) => {
      const of = isLeaf[i] === 0 ? count : leaves.length;
      if (!Number.isSafeInteger(id) || id < 0 || id >= of) {
        throw new OnnxCorruptError(node.where, `leads to ${id} of ${of} tree nodes or leaves`);
      }
      if (isLeaf[i] === 0) return id;
      leafOf[side * count + i] = id;
      return side * count + i;
    });
  const table = {
    ...{ operator: OPERATOR, where: node.where, roots: readRoots(node, count) },
    ...{ features: branches.features, values: branches.values, missingTrue: branches.missingTrue },
    whenTrue: child(branches.trueIds, branches.trueLeaves, 1),
    whenFalse: child(branches.falseIds, branches.falseLeaves, 2),
    modes: Array.from({ length: 3 * count }, (_, i) => branches.modes[i] ?? 'LEAF'),
    weightsOf: (place: number) => [leaves[leafOf[place]!]!],
  };
  return mergeOutputs(growTrees(table, shape));
}

interface Branches {
  readonly modes: readonly string[];
  readonly features: readonly number[];
  readonly values: readonly number[];
  readonly trueIds: readonly number[];
  readonly trueLeaves: readonly number[];
  readonly falseIds: readonly number[];
  readonly falseLeaves: readonly number[];
  readonly missingTrue: readonly number[];
}

function readBranches(node: NodeAttributes): Branches {
  const codes = node.numbers('nodes_modes');
  const missingTrue = node.numbers('nodes_missing_value_tracks_true');
  const lists = {
    features: node.numbers('nodes_featureids'),
    values: node.numbers('nodes_splits'),
    trueIds: node.numbers('nodes_truenodeids'),
    trueLeaves: node.numbers('nodes_trueleafs'),
    falseIds: node.numbers('nodes_falsenodeids'),
    falseLeaves: node.numbers('nodes_falseleafs'),
    missingTrue: missingTrue.length === 0 ? codes.map(() => 0) : missingTrue,
  };
  checkTreeLists(node.where, lists, codes.length);
  const modes = codes.map((code) => {
    const name = modeNames[code];
    if (name === undefined) throw new OnnxCorruptError(node.where, `compares by mode ${code}`);
    return name;
  });
  return { modes, ...lists };
}

function readLeaves(
  node: NodeAttributes,
  outputCount: number,
): readonly (readonly [output: number, weight: number])[] {
  const outputs = node.numbers('leaf_targetids');
  const weights = node.numbers('leaf_weights');
  if (outputs.length !== weights.length) {
    const problem = `has ${weights.length} leaf weights for ${outputs.length} leaves`;
    throw new OnnxCorruptError(node.where, problem);
  }
  return outputs.map((output, i) => {
    const leaf = [output, weights[i]!] as const;
    checkLeaf(node.where, leaf, outputCount);
    return leaf;
  });
}

function readRoots(node: NodeAttributes, count: number): readonly number[] {
  const roots = node.numbers('tree_roots');
  const unknown = roots.find((root) => !Number.isSafeInteger(root) || root < 0 || root >= count);
  if (unknown === undefined) return roots;
  throw new OnnxCorruptError(node.where, `has a tree that begins at ${unknown} of ${count} nodes`);
}

/** Join neighbours that split alike and add to outputs one after the other. */
function mergeOutputs(trees: readonly GrownTree[]): GrownTree[] {
  const merged: GrownTree[] = [];
  for (const tree of trees) {
    const last = merged.at(-1);
    const joined = last && joinTrees(last, tree);
    if (joined === undefined) merged.push(tree);
    else merged[merged.length - 1] = joined;
  }
  return merged;
}

/** Both in one; undefined where they differ in more than the outputs that they add to. */
function joinTrees(tree: GrownTree, next: GrownTree): GrownTree | undefined {
  const names = ['splitFeature', 'threshold', 'leftChild', 'rightChild', 'missingLeft'] as const;
  const isAlike =
    tree.leafValues.length === next.leafValues.length &&
    names.every((name) => tree[name].every((value, i) => Object.is(value, next[name][i]))) &&
    tree.splitFeature.length === next.splitFeature.length;
  if (!isAlike) return undefined;
  // Rounds that split alike stay apart: they add to the same output.
  const outputCount = tree.leafValues.length / leafCountOf(tree);
  if (lastOutput(tree, outputCount) >= firstOutput(next, outputCount)) return undefined;
  return { ...tree, leafValues: tree.leafValues.map((value, i) => value + next.leafValues[i]!) };
}

function leafCountOf({ leafIndex }: GrownTree): number {
  return leafIndex.reduce((count, leaf) => count + Number(leaf >= 0), 0);
}

function firstOutput({ leafValues }: GrownTree, outputCount: number): number {
  return usedOutputs(leafValues, outputCount).findIndex(Boolean);
}

function lastOutput({ leafValues }: GrownTree, outputCount: number): number {
  return usedOutputs(leafValues, outputCount).lastIndexOf(true);
}

function usedOutputs(values: Float64Array, outputCount: number): boolean[] {
  return Array.from({ length: outputCount }, (_, output) =>
    values.some((value, i) => i % outputCount === output && value !== 0),
  );
}
