import type { GrownTree } from '../grown-tree.ts';
import type { NodeAttributes } from './node-attributes.ts';
import { OnnxCorruptError, OnnxOperatorError } from './onnx-errors.ts';
import { previousDouble, previousSingle, singleThreshold } from './single-threshold.ts';

/** What {@link readTreeNodes} needs to know beside the node's attributes. */
export interface TreeReading {
  /** `TreeEnsembleClassifier` or `TreeEnsembleRegressor`. */
  readonly operator: string;
  /** The prefix of the attributes of leaves. */
  readonly leaves: 'class' | 'target';
  /** Numbers per leaf. */
  readonly outputCount: number;
  /** Whether values are compared as float32. */
  readonly precision: 'single' | 'double';
}

/** Leaves x outputs of one model; beyond it no one exports and memory ends. */
const MAX_LEAF_VALUES = 2 ** 26;

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
  if (roots.length === 0) throw new OnnxCorruptError(node.where, 'has no trees');
  if (new Set(roots.map((root) => arrays.treeIds[root])).size < roots.length) {
    throw new OnnxCorruptError(node.where, 'has the nodes of a tree in two places');
  }
  const leafCount = arrays.modes.filter((mode) => mode === 'LEAF').length;
  if (leafCount * reading.outputCount > MAX_LEAF_VALUES) {
    throw new OnnxCorruptError(node.where, 'has more leaves than a model can have');
  }
  const visited = new Uint8Array(arrays.treeIds.length);
  return roots.map((root) =>
    readTree(root, { node, reading, arrays, indexOf, weightsOf, visited }),
  );
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
  for (const [name, list] of Object.entries(arrays)) {
    if (list.length !== modes.length) {
      throw new OnnxCorruptError(
        node.where,
        `has ${list.length} ${name} for ${modes.length} tree nodes`,
      );
    }
  }
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
    const output = outputs[i]!;
    if (!Number.isSafeInteger(output) || output < 0 || output >= outputCount) {
      throw new OnnxCorruptError(node.where, `has a leaf for output ${output} of ${outputCount}`);
    }
    if (!Number.isFinite(weights[i])) {
      throw new OnnxCorruptError(node.where, `has a leaf of weight ${weights[i]}`);
    }
    const key = `${tree}/${nodeIds[i]}`;
    const known = weightsOf.get(key) ?? [];
    known.push([output, weights[i]!]);
    weightsOf.set(key, known);
  });
  return weightsOf;
}

interface OpenForest {
  readonly node: NodeAttributes;
  readonly reading: TreeReading;
  readonly arrays: NodeArrays;
  readonly indexOf: ReadonlyMap<string, number>;
  readonly weightsOf: LeafWeights;
  /** 1: a node that some tree has already. */
  readonly visited: Uint8Array;
}

function readTree(root: number, forest: OpenForest): GrownTree {
  const { node, reading, arrays, weightsOf } = forest;
  const splitFeature: number[] = [];
  const threshold: number[] = [];
  const leftChild: number[] = [];
  const rightChild: number[] = [];
  const missingLeft: number[] = [];
  const leafIndex: number[] = [];
  const leafValues: number[] = [];
  const waiting: { readonly index: number; readonly attach: (place: number) => void }[] = [
    { index: root, attach: () => undefined },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { index } = next;
    if (forest.visited[index] === 1) {
      throw new OnnxCorruptError(node.where, 'has a tree node with two parents');
    }
    forest.visited[index] = 1;
    const place = splitFeature.length;
    next.attach(place);
    leftChild.push(place);
    rightChild.push(place);
    const key = `${arrays.treeIds[index]}/${arrays.nodeIds[index]}`;
    if (arrays.modes[index] === 'LEAF') {
      splitFeature.push(-1);
      threshold.push(0);
      missingLeft.push(0);
      leafIndex.push(leafValues.length / reading.outputCount);
      const start = leafValues.length;
      for (let k = 0; k < reading.outputCount; k++) leafValues.push(0);
      for (const [output, weight] of weightsOf.get(key) ?? []) {
        leafValues[start + output]! += weight;
      }
      continue;
    }
    const branch = readBranch(index, forest);
    splitFeature.push(arrays.features[index]!);
    threshold.push(branch.threshold);
    missingLeft.push(branch.missingLeft);
    leafIndex.push(-1);
    waiting.push({ index: branch.right, attach: (at) => (rightChild[place] = at) });
    waiting.push({ index: branch.left, attach: (at) => (leftChild[place] = at) });
  }
  return {
    splitFeature: Int32Array.from(splitFeature),
    threshold: Float64Array.from(threshold),
    leftChild: Int32Array.from(leftChild),
    rightChild: Int32Array.from(rightChild),
    missingLeft: Uint8Array.from(missingLeft),
    leafIndex: Int32Array.from(leafIndex),
    leafValues: Float64Array.from(leafValues),
    cover: new Float64Array(splitFeature.length),
  };
}

interface Branch {
  readonly threshold: number;
  readonly left: number;
  readonly right: number;
  readonly missingLeft: 0 | 1;
}

/** Turn any order comparison into "at most the threshold goes left". */
function readBranch(index: number, { node, reading, arrays, indexOf }: OpenForest): Branch {
  const childOf = (ids: readonly number[]) => {
    const child = indexOf.get(`${arrays.treeIds[index]}/${ids[index]}`);
    if (child === undefined) {
      throw new OnnxCorruptError(node.where, `has no tree node ${ids[index]} for a branch`);
    }
    return child;
  };
  const mode = arrays.modes[index]!;
  const value = arrays.values[index]!;
  if (Number.isNaN(value)) throw new OnnxCorruptError(node.where, 'has a branch at NaN');
  const feature = arrays.features[index]!;
  if (!Number.isSafeInteger(feature) || feature < 0) {
    throw new OnnxCorruptError(node.where, `has a branch on feature ${feature}`);
  }
  const whenTrue = childOf(arrays.trueIds);
  const whenFalse = childOf(arrays.falseIds);
  const isSingle = reading.precision === 'single';
  const atMost = isSingle ? singleThreshold(value) : value;
  const below = isSingle ? singleThreshold(previousSingle(value)) : previousDouble(value);
  const missingTrue = arrays.missingTrue[index] === 0 ? 0 : 1;
  const missingFalse = missingTrue === 1 ? 0 : 1;
  switch (mode) {
    case 'BRANCH_LEQ':
      return { threshold: atMost, left: whenTrue, right: whenFalse, missingLeft: missingTrue };
    case 'BRANCH_LT':
      return { threshold: below, left: whenTrue, right: whenFalse, missingLeft: missingTrue };
    case 'BRANCH_GT':
      return { threshold: atMost, left: whenFalse, right: whenTrue, missingLeft: missingFalse };
    case 'BRANCH_GTE':
      return { threshold: below, left: whenFalse, right: whenTrue, missingLeft: missingFalse };
    default:
      throw new OnnxOperatorError(reading.operator, `compares by ${mode.slice(0, 40)}`);
  }
}
