import type { GrownTree } from '../grown-tree.ts';
import { checkLeaf, checkTreeLists } from './check-tree-lists.ts';
import type { NodeAttributes } from './node-attributes.ts';
import { OnnxCorruptError } from './onnx-errors.ts';
import { type TreeShape, growTrees } from './tree-table.ts';

/** What {@link readTreeNodes} needs to know beside the node's attributes. */
export interface TreeReading extends TreeShape {
  /** `TreeEnsembleClassifier` or `TreeEnsembleRegressor`. */
  readonly operator: string;
  /** The prefix of the attributes of leaves. */
  readonly leaves: 'class' | 'target';
}

/**
 * Read the trees of a `TreeEnsembleClassifier` or `TreeEnsembleRegressor` node.
 *
 * @returns trees as they grow, the leaves' weights as they stand in the file.
 * @throws {OnnxCorruptError} when the arrays make no trees.
 * @throws {OnnxOperatorError} when a branch compares in a way that trees here do not.
 */
export function readTreeNodes(node: NodeAttributes, reading: TreeReading): GrownTree[] {
  const arrays = nodeArrays(node);
  const weightsOf = leafWeights(node, reading);
  const indexOf = new Map<string, number>();
  const roots: number[] = [];
  let lastTree: number | undefined;
  arrays.treeIds.forEach((tree, i) => {
    const key = `${tree}/${arrays.nodeIds[i]}`;
    if (indexOf.has(key)) throw new OnnxCorruptError(node.where, `has the tree node ${key} twice`);
    indexOf.set(key, i);
    if (tree !== lastTree) roots.push(i);
    lastTree = tree;
  });
  if (new Set(roots.map((root) => arrays.treeIds[root])).size < roots.length) {
    throw new OnnxCorruptError(node.where, 'has the nodes of a tree in two places');
  }
  const keyOf = (index: number) => `${arrays.treeIds[index]}/${arrays.nodeIds[index]}`;
  const childrenBy = (ids: readonly number[]) =>
    ids.map((id, i) => indexOf.get(`${arrays.treeIds[i]}/${id}`));
  const table = {
    ...arrays,
    ...{ operator: reading.operator, where: node.where, roots },
    whenTrue: childrenBy(arrays.trueIds),
    whenFalse: childrenBy(arrays.falseIds),
    weightsOf: (leaf: number) => weightsOf.get(keyOf(leaf)) ?? [],
  };
  return growTrees(table, reading);
}

interface NodeArrays {
  readonly treeIds: readonly number[];
  readonly nodeIds: readonly number[];
  readonly features: readonly number[];
  readonly modes: readonly string[];
  readonly values: readonly number[];
  readonly trueIds: readonly number[];
  readonly falseIds: readonly number[];
  readonly missingTrue: readonly number[];
}

function nodeArrays(node: NodeAttributes): NodeArrays {
  const modes = node.texts('nodes_modes');
  const missingTrue = node.numbers('nodes_missing_value_tracks_true');
  const arrays = {
    treeIds: node.numbers('nodes_treeids'),
    nodeIds: node.numbers('nodes_nodeids'),
    features: node.numbers('nodes_featureids'),
    modes,
    values: node.numbers('nodes_values'),
    trueIds: node.numbers('nodes_truenodeids'),
    falseIds: node.numbers('nodes_falsenodeids'),
    missingTrue: missingTrue.length === 0 ? modes.map(() => 0) : missingTrue,
  };
  checkTreeLists(node.where, arrays, modes.length);
  return arrays;
}

type LeafWeights = ReadonlyMap<string, readonly (readonly [output: number, weight: number])[]>;

function leafWeights(node: NodeAttributes, { leaves, outputCount }: TreeReading): LeafWeights {
  const treeIds = node.numbers(`${leaves}_treeids`);
  const nodeIds = node.numbers(`${leaves}_nodeids`);
  const outputs = node.numbers(`${leaves}_ids`);
  const weights = node.numbers(`${leaves}_weights`);
  if (new Set([treeIds.length, nodeIds.length, outputs.length, weights.length]).size > 1) {
    throw new OnnxCorruptError(node.where, `has ${leaves} lists of different lengths`);
  }
  const weightsOf = new Map<string, [number, number][]>();
  treeIds.forEach((tree, i) => {
    const leaf: [number, number] = [outputs[i]!, weights[i]!];
    checkLeaf(node.where, leaf, outputCount);
    const key = `${tree}/${nodeIds[i]}`;
    const known = weightsOf.get(key) ?? [];
    known.push(leaf);
    weightsOf.set(key, known);
  });
  return weightsOf;
}
