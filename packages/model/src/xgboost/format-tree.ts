import type { Feature } from '@gnu-mlops/preprocess';
import type { TreeEnsemble } from '../estimator.ts';
import { type OutputTree, leafPart, leftCategories } from '../foreign/tree-nodes.ts';
import { conditionAbove } from './thresholds.ts';

/** What XGBoost writes for the root's parent. */
const NO_PARENT = 2147483647;

/** Below every float32: no value is. */
const NEVER = -3.4028234663852886e38;

/** The JSON of one tree, seen through one output; of a number, of a tree that is one leaf. */
export function formatTree(
  source: (OutputTree & { readonly trees: TreeEnsemble }) | number,
  { id, features }: { readonly id: number; readonly features: readonly Feature[] },
): string {
  const nodes = typeof source === 'number' ? [leafNode(source, 0)] : levelByLevel(nodesOf(source));
  const parents = new Array<number>(nodes.length).fill(NO_PARENT);
  nodes.forEach(({ left, right }, node) => {
    if (left < 0) return;
    parents[left] = node;
    parents[right] = node;
  });
  const categories: number[] = [];
  const setNodes: number[] = [];
  const starts: number[] = [];
  const sizes: number[] = [];
  nodes.forEach((node, at) => {
    if (node.categories === undefined) return;
    setNodes.push(at);
    starts.push(categories.length);
    sizes.push(node.categories.length);
    for (const category of node.categories) categories.push(category);
  });
  const floats = (values: readonly number[]) => `[${values.map(formatFloat).join(',')}]`;
  const integers = (values: readonly number[]) => JSON.stringify(values);
  const fields = {
    base_weights: floats(nodes.map(({ condition, left }) => (left < 0 ? condition : 0))),
    categories: integers(categories),
    categories_nodes: integers(setNodes),
    categories_segments: integers(starts),
    categories_sizes: integers(sizes),
    default_left: integers(nodes.map(({ missingLeft }) => Number(missingLeft))),
    id: String(id),
    left_children: integers(nodes.map(({ left }) => left)),
    loss_changes: floats(nodes.map(() => 0)),
    parents: integers(parents),
    right_children: integers(nodes.map(({ right }) => right)),
    split_conditions: floats(nodes.map(({ condition }) => condition)),
    split_indices: integers(nodes.map(({ feature }) => feature)),
    split_type: integers(nodes.map(({ categories: set }) => Number(set !== undefined))),
    sum_hessian: floats(nodes.map(({ cover }) => cover)),
    tree_param: JSON.stringify({
      num_deleted: '0',
      num_feature: String(features.length),
      num_nodes: String(nodes.length),
      size_leaf_vector: '1',
    }),
  };
  return `{${Object.entries(fields)
    .map(([name, text]) => `"${name}":${text}`)
    .join(',')}}`;
}

/** As float32, and never as a whole number, which XGBoost would take for another type. */
export function formatFloat(value: number): string {
  const text = String(Math.fround(value));
  return /[.e]/.test(text) ? text : `${text}E0`;
}

interface Node {
  readonly feature: number;
  /** Of a leaf, its value. */
  readonly condition: number;
  readonly missingLeft: boolean;
  /** Within the tree; -1 = leaf. */
  readonly left: number;
  readonly right: number;
  readonly cover: number;
  /** Those that go right. */
  readonly categories?: readonly number[];
}

function leafNode(value: number, cover: number): Node {
  return { feature: 0, condition: value, missingLeft: false, left: -1, right: -1, cover };
}

function nodesOf({ trees, tree, output }: OutputTree & { readonly trees: TreeEnsemble }): Node[] {
  const root = trees.treeStarts[tree]!;
  return Array.from({ length: trees.treeStarts[tree + 1]! - root }, (_, local) => {
    const node = root + local;
    const feature = trees.splitFeature[node]!;
    const cover = trees.cover[node]!;
    if (feature < 0) return leafNode(leafPart(trees, node, output), cover);
    const left = trees.leftChild[node]! - root;
    const right = trees.rightChild[node]! - root;
    const missingLeft = trees.missingLeft[node] === 1;
    const categories = leftCategories(trees, node);
    if (categories === undefined) {
      const condition = conditionAbove(trees.threshold[node]!);
      return { feature, condition, missingLeft, left, right, cover };
    }
    // A set must not be empty to XGBoost: then a comparison says that nothing goes left.
    if (categories.length === 0)
      return { feature, condition: NEVER, missingLeft, left, right, cover };
    const children = { left: right, right: left, missingLeft: !missingLeft };
    return { feature, condition: 0, ...children, cover, categories };
  });
}

/**
 * Number nodes level by level, each left child and then its sibling: XGBoost looks for a right child
 * right after the left one, and ends the process where it is elsewhere.
 */
function levelByLevel(nodes: readonly Node[]): Node[] {
  const order = [0];
  for (const node of order) {
    const { left, right } = nodes[node]!;
    if (left >= 0) order.push(left, right);
  }
  const places = new Int32Array(nodes.length);
  order.forEach((node, place) => (places[node] = place));
  return order.map((node) => {
    const { left, right, ...rest } = nodes[node]!;
    if (left < 0) return { ...rest, left, right };
    return { ...rest, left: places[left]!, right: places[right]! };
  });
}
