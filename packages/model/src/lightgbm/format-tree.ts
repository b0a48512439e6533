import type { Feature } from '@gnu-mlops/preprocess';
import { ExportUnsupportedError } from '../errors.ts';
import type { TreeEnsemble } from '../estimator.ts';
import { type OutputTree, leafPart, leftCategories } from '../foreign/tree-nodes.ts';

/** A tree to write, through one output. */
export interface TreeToFormat extends OutputTree {
  readonly trees: TreeEnsemble;
  readonly features: readonly Feature[];
  /** To every leaf. */
  readonly added: number;
}

const MISSING_IS_NAN = 2 << 2;

/** The lines of a tree that is one leaf. */
export function formatConstantTree(value: number): string[] {
  return ['num_leaves=1', 'num_cat=0', `leaf_value=${value}`, 'is_linear=0', 'shrinkage=1'];
}

/** The lines of a `Tree=` section, after the first. */
export function formatTree(given: TreeToFormat): string[] {
  const { trees, tree, output, added } = given;
  const nodes = Array.from(
    { length: trees.treeStarts[tree + 1]! - trees.treeStarts[tree]! },
    (_, local) => trees.treeStarts[tree]! + local,
  );
  const splits = nodes.filter((node) => trees.splitFeature[node]! >= 0);
  const leaves = nodes.filter((node) => trees.splitFeature[node]! < 0);
  const valueOf = (leaf: number) => leafPart(trees, leaf, output) + added;
  if (splits.length === 0) return formatConstantTree(valueOf(leaves[0]!));

  const reference = new Map<number, number>();
  splits.forEach((node, at) => reference.set(node, at));
  leaves.forEach((node, at) => reference.set(node, ~at));
  const sets: number[][] = [];
  const rules = splits.map((node) => ruleOf(given, node, sets));
  const boundaries = sets.reduce<number[]>(
    (all, words) => [...all, all.at(-1)! + words.length],
    [0],
  );
  const line = (name: string, values: readonly number[]) => `${name}=${values.join(' ')}`;
  const covers = (found: readonly number[]) => found.map((node) => Math.round(trees.cover[node]!));
  return [
    `num_leaves=${leaves.length}`,
    `num_cat=${sets.length}`,
    line(
      'split_feature',
      splits.map((node) => trees.splitFeature[node]!),
    ),
    line('split_gain', new Array<number>(splits.length).fill(0)),
    `threshold=${rules.map(({ threshold }) => formatNumber(threshold)).join(' ')}`,
    line(
      'decision_type',
      rules.map(({ decision }) => decision),
    ),
    line(
      'left_child',
      rules.map(({ left }) => reference.get(left)!),
    ),
    line(
      'right_child',
      rules.map(({ right }) => reference.get(right)!),
    ),
    line('leaf_value', leaves.map(valueOf)),
    line(
      'leaf_weight',
      leaves.map((node) => trees.cover[node]!),
    ),
    line('leaf_count', covers(leaves)),
    line('internal_value', new Array<number>(splits.length).fill(0)),
    line(
      'internal_weight',
      splits.map((node) => trees.cover[node]!),
    ),
    line('internal_count', covers(splits)),
    ...(sets.length > 0
      ? [line('cat_boundaries', boundaries), line('cat_threshold', sets.flat())]
      : []),
    'is_linear=0',
    'shrinkage=1',
  ];
}

interface Rule {
  readonly threshold: number;
  readonly decision: number;
  readonly left: number;
  readonly right: number;
}

function ruleOf({ trees, features }: TreeToFormat, node: number, sets: number[][]): Rule {
  const [left, right] = [trees.leftChild[node]!, trees.rightChild[node]!];
  const missingLeft = trees.missingLeft[node] === 1;
  const categories = leftCategories(trees, node);
  if (categories === undefined) {
    const decision = MISSING_IS_NAN | (missingLeft ? 2 : 0);
    return { threshold: trees.threshold[node]!, decision, left, right };
  }
  const threshold = sets.length;
  const decision = MISSING_IS_NAN | 1;
  if (!missingLeft) {
    sets.push(wordsOf(categories));
    return { threshold, decision, left, right };
  }
  // LightGBM sends what is missing right: so the categories that went right go left instead.
  const feature = features[trees.splitFeature[node]!]!;
  if (feature.kind !== 'categorical') {
    throw new ExportUnsupportedError(
      'LightGBM text',
      `a split on "${feature.name}" sends missing categories left, LightGBM only right`,
    );
  }
  const own = new Set(categories);
  const all = Array.from({ length: feature.categories ?? 0 }, (_, category) => category);
  sets.push(wordsOf(all.filter((category) => !own.has(category))));
  return { threshold, decision, left: right, right: left };
}

/** The words of a set of ascending categories, at least one. */
function wordsOf(categories: readonly number[]): number[] {
  const words = new Uint32Array(((categories.at(-1) ?? 0) >>> 5) + 1);
  for (const category of categories) words[category >>> 5]! |= 1 << (category & 31);
  return [...words];
}

function formatNumber(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? 'inf' : '-inf';
}
