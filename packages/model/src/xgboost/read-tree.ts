import { ModelFileCorruptError } from '../errors.ts';
import { type Place, fieldOf, optionalFieldOf } from '../file/place.ts';
import { type ForeignNode, layOutTree } from '../foreign/foreign-tree.ts';
import type { GrownTree } from '../grown-tree.ts';
import { numberListOf, numberListOrZeros } from './read-json.ts';
import { thresholdBelow } from './thresholds.ts';

/** What a tree is read for. */
export interface TreeContext {
  readonly featureCount: number;
  readonly outputCount: number;
  readonly output: number;
  /** Factor on the leaves' values: DART's weight of the tree. */
  readonly weight: number;
  /** What the trees before have left of the words that sets of categories may take. */
  readonly mostSetWords: number;
}

/** The largest category that XGBoost knows. */
const MAX_CATEGORY = 2 ** 24 - 1;

const CATEGORICAL = 1;

/** Words of all sets of one tree together: 64 MiB. */
const MAX_SET_WORDS = 2 ** 24;

/**
 * Read one tree.
 *
 * @see XGBoost `src/tree/tree_model.cc` (LoadModel), `src/common/categorical.h` (Decision): what is
 * in a node's set goes right, anything else left.
 */
export function readTree(place: Place, context: TreeContext): GrownTree {
  const left = numberListOf(place, 'left_children');
  const nodeCount = left.length;
  const perNode = (name: string) => {
    const list = numberListOf(place, name);
    if (list.length === nodeCount) return list;
    throw new ModelFileCorruptError(
      `${place.where}.${name}`,
      `has ${list.length} entries for ${nodeCount} nodes`,
    );
  };
  const right = perNode('right_children');
  const features = perNode('split_indices');
  const conditions = perNode('split_conditions');
  const defaultLeft = perNode('default_left');
  const types = numberListOrZeros(place, 'split_type', nodeCount);
  const covers = numberListOrZeros(place, 'sum_hessian', nodeCount);
  const sets = readSets(place, types, Math.min(MAX_SET_WORDS, context.mostSetWords));

  function nodeAt(node: number): ForeignNode {
    const [toLeft, toRight] = [left[node], right[node]];
    if (toLeft === undefined || toRight === undefined) {
      throw new ModelFileCorruptError(place.where, `leads to a node ${node} that is not there`);
    }
    const cover = Math.max(0, covers[node] ?? 0);
    if (toLeft === -1) {
      return { kind: 'leaf', value: Math.fround(conditions[node]!) * context.weight, cover };
    }
    const feature = features[node]!;
    if (!Number.isInteger(feature) || feature < 0 || feature >= context.featureCount) {
      throw new ModelFileCorruptError(place.where, `splits node ${node} on no feature`);
    }
    const missingLeft = defaultLeft[node] === 1;
    const words = sets.get(node);
    if (words !== undefined) {
      // Our sets go left: the children change places.
      const children = { left: toRight, right: toLeft };
      return {
        kind: 'split',
        feature,
        threshold: 0,
        words,
        missingLeft: !missingLeft,
        cover,
        ...children,
      };
    }
    // Below -Infinity there is nothing, and no row that XGBoost takes has it.
    const threshold = thresholdBelow(Math.fround(conditions[node]!));
    return { kind: 'split', feature, threshold, missingLeft, cover, left: toLeft, right: toRight };
  }
  return layOutTree({
    root: 0,
    nodeCount,
    outputCount: context.outputCount,
    output: context.output,
    nodeAt,
    tangled: () => new ModelFileCorruptError(place.where, 'has nodes with two parents'),
  });
}

/** The words of the set of each categorical node. */
function readSets(
  place: Place,
  types: readonly number[],
  mostWords: number,
): Map<number, readonly number[]> {
  const sets = new Map<number, readonly number[]>();
  if (optionalFieldOf(place, 'categories_nodes') === undefined) return sets;
  const { where } = fieldOf(place, 'categories');
  const categories = numberListOf(place, 'categories');
  const starts = numberListOf(place, 'categories_segments');
  const sizes = numberListOf(place, 'categories_sizes');
  let wordCount = 0;
  let listed = 0;
  numberListOf(place, 'categories_nodes').forEach((node, i) => {
    const [start = -1, size = -1] = [starts[i], sizes[i]];
    if (!(start >= 0 && size >= 0 && start + size <= categories.length)) {
      throw new ModelFileCorruptError(where, `does not hold the set of node ${node}`);
    }
    listed += size;
    if (listed > categories.length) {
      throw new ModelFileCorruptError(where, 'are in the sets of several nodes at once');
    }
    const own = categories.slice(start, start + size);
    const isValid = (category: number) =>
      Number.isInteger(category) && category >= 0 && category <= MAX_CATEGORY;
    if (!own.every(isValid)) throw new ModelFileCorruptError(where, 'has an impossible category');
    const words = new Int32Array(
      own.reduce((most, category) => Math.max(most, category), 0) / 32 + 1,
    );
    wordCount += words.length;
    if (wordCount > mostWords) throw new ModelFileCorruptError(where, 'takes too much memory');
    for (const category of own) words[category >>> 5]! |= 1 << (category & 31);
    sets.set(node, [...words]);
  });
  types.forEach((type, node) => {
    if ((type === CATEGORICAL) !== sets.has(node)) {
      throw new ModelFileCorruptError(`${place.where}.split_type[${node}]`, 'contradicts the sets');
    }
  });
  return sets;
}
