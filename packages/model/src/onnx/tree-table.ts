import type { GrownTree } from '../grown-tree.ts';
import { OnnxCorruptError, OnnxOperatorError } from './onnx-errors.ts';
import { previousDouble, previousSingle, singleThreshold } from './single-threshold.ts';

/** The nodes of trees as a graph lists them, leaves among them. One entry a node. */
export interface TreeTable {
  /** The operator with its domain, and the node of the graph, for errors. */
  readonly operator: string;
  readonly where: string;
  /** The first node of each tree. */
  readonly roots: readonly number[];
  /** `LEAF`, or how a branch compares: `BRANCH_LEQ` and so on. */
  readonly modes: readonly string[];
  readonly features: readonly number[];
  readonly values: readonly number[];
  /** The node to go on with; undefined: there is no such node. What leaves hold does not matter. */
  readonly whenTrue: readonly (number | undefined)[];
  readonly whenFalse: readonly (number | undefined)[];
  /** Not 0: a missing value goes where the comparison is true. */
  readonly missingTrue: readonly number[];
  /** What a leaf adds to which outputs. */
  readonly weightsOf: (leaf: number) => readonly (readonly [output: number, weight: number])[];
}

/** Features are kept in 32 bits: a larger one would come to be another. */
const MAX_FEATURE = 2 ** 31 - 1;

/** How the nodes are to be read. */
export interface TreeShape {
  /** Numbers per leaf. */
  readonly outputCount: number;
  /** Whether values are compared as float32. */
  readonly precision: 'single' | 'double';
}

/** Leaves x outputs of one model; beyond it no one exports and memory ends. */
const MAX_LEAF_VALUES = 2 ** 26;

/**
 * Follow the trees of a table from their roots.
 *
 * @returns trees as they grow, the leaves' weights as they stand in the file.
 * @throws {OnnxCorruptError} when the nodes make no trees.
 * @throws {OnnxOperatorError} when a branch compares in a way that trees here do not.
 */
export function growTrees(table: TreeTable, shape: TreeShape): GrownTree[] {
  if (table.roots.length === 0) throw new OnnxCorruptError(table.where, 'has no trees');
  const leafCount = table.modes.filter((mode) => mode === 'LEAF').length;
  if (leafCount * shape.outputCount > MAX_LEAF_VALUES) {
    throw new OnnxCorruptError(table.where, 'has more leaves than a model can have');
  }
  const visited = new Uint8Array(table.modes.length);
  return table.roots.map((root) => growTree(root, table, { ...shape, visited }));
}

interface Growth extends TreeShape {
  /** 1: a node that some tree has already. */
  readonly visited: Uint8Array;
}

function growTree(root: number, table: TreeTable, { visited, ...shape }: Growth): GrownTree {
  const { outputCount } = shape;
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
    if (visited[index] === 1) {
      throw new OnnxCorruptError(table.where, 'has a tree node with two parents');
    }
    visited[index] = 1;
    const place = splitFeature.length;
    next.attach(place);
    leftChild.push(place);
    rightChild.push(place);
    if (table.modes[index] === 'LEAF') {
      splitFeature.push(-1);
      threshold.push(0);
      missingLeft.push(0);
      leafIndex.push(leafValues.length / outputCount);
      const start = leafValues.length;
      for (let k = 0; k < outputCount; k++) leafValues.push(0);
      for (const [output, weight] of table.weightsOf(index)) leafValues[start + output]! += weight;
      continue;
    }
    const branch = readBranch(index, table, shape);
    splitFeature.push(table.features[index]!);
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
function readBranch(index: number, table: TreeTable, { precision }: TreeShape): Branch {
  const { where } = table;
  const value = table.values[index]!;
  if (Number.isNaN(value)) throw new OnnxCorruptError(where, 'has a branch at NaN');
  const feature = table.features[index]!;
  if (!Number.isInteger(feature) || feature < 0 || feature > MAX_FEATURE) {
    throw new OnnxCorruptError(where, `has a branch on feature ${feature}`);
  }
  const whenTrue = table.whenTrue[index];
  const whenFalse = table.whenFalse[index];
  if (whenTrue === undefined || whenFalse === undefined) {
    throw new OnnxCorruptError(where, 'has no tree node where a branch leads');
  }
  const isSingle = precision === 'single';
  const atMost = isSingle ? singleThreshold(value) : value;
  const below = isSingle ? singleThreshold(previousSingle(value)) : previousDouble(value);
  const missingTrue = table.missingTrue[index] === 0 ? 0 : 1;
  const missingFalse = missingTrue === 1 ? 0 : 1;
  const mode = table.modes[index]!;
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
      throw new OnnxOperatorError(table.operator, `compares by ${mode.slice(0, 40)}`);
  }
}
