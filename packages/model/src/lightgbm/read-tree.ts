import { ForeignModelCorruptError, ForeignModelUnsupportedError } from '../errors.ts';
import { nextDown } from '../foreign/float32.ts';
import { type ForeignNode, layOutTree } from '../foreign/foreign-tree.ts';
import type { GrownTree } from '../grown-tree.ts';
import { type Fields, integersOf, numbersOf } from './model-text.ts';

/** Numbers this close to 0 are zeros to LightGBM; the file has it rounded to float32. */
const ZERO_REACH = Math.fround(1e-35);

const CATEGORICAL = 1;
const DEFAULT_LEFT = 2;

/** What a tree is read for. */
export interface TreeContext {
  readonly featureCount: number;
  readonly outputCount: number;
  readonly output: number;
  /** Factor on the leaves' values. */
  readonly scale: number;
}

/**
 * Read one `Tree=` section.
 *
 * @see LightGBM `src/io/tree.cpp`, `include/LightGBM/tree.h` (NumericalDecision, CategoricalDecision).
 */
export function readTree(fields: Fields, context: TreeContext): GrownTree {
  const leafCount = integersOf(fields, 'num_leaves', 1)[0]!;
  if (leafCount < 1) throw corrupt(fields, `has ${leafCount} leaves`);
  if (fields.values.get('is_linear') === '1') {
    throw new ForeignModelUnsupportedError('LightGBM', 'its leaves hold linear models');
  }
  const splitCount = leafCount - 1;
  const leafValues = numbersOf(fields, 'leaf_value', leafCount);
  const counts = (name: string, length: number) =>
    fields.values.get(name) ? numbersOf(fields, name, length) : new Array<number>(length).fill(0);
  const leafCounts = counts('leaf_count', leafCount);
  const internalCounts = counts('internal_count', splitCount);
  const splits = readSplits(fields, splitCount);
  let wordCount = 0;

  function leafAt(leaf: number): ForeignNode {
    const value = leafValues[leaf];
    if (value === undefined) throw corrupt(fields, `leads to leaf ${leaf} of ${leafCount}`);
    return { kind: 'leaf', value: value * context.scale, cover: Math.max(0, leafCounts[leaf]!) };
  }
  function nodeAt(reference: number): ForeignNode {
    if (reference < 0) return leafAt(~reference);
    const feature = splits.features[reference];
    if (feature === undefined || feature < 0 || feature >= context.featureCount) {
      throw corrupt(fields, `has a split ${reference} that is not there, or on no feature`);
    }
    const rule = ruleOf(fields, splits, reference);
    wordCount += rule.words?.length ?? 0;
    if (wordCount > splits.words.length) {
      throw corrupt(fields, 'has splits that share a set of categories');
    }
    const children = { left: splits.left[reference]!, right: splits.right[reference]! };
    const cover = Math.max(0, internalCounts[reference]!);
    return { kind: 'split', feature, ...rule, ...children, cover };
  }
  return layOutTree({
    root: splitCount > 0 ? 0 : ~0,
    nodeCount: leafCount + splitCount,
    outputCount: context.outputCount,
    output: context.output,
    nodeAt,
    tangled: () => corrupt(fields, 'has nodes with two parents'),
  });
}

interface Splits {
  readonly features: readonly number[];
  readonly thresholds: readonly number[];
  readonly decisions: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly boundaries: readonly number[];
  readonly words: readonly number[];
}

function readSplits(fields: Fields, count: number): Splits {
  const setCount = fields.values.has('num_cat') ? integersOf(fields, 'num_cat', 1)[0]! : 0;
  const boundaries = setCount > 0 ? integersOf(fields, 'cat_boundaries', setCount + 1) : [0];
  const words = setCount > 0 ? integersOf(fields, 'cat_threshold', boundaries.at(-1)!) : [];
  if (count === 0) {
    return {
      features: [],
      thresholds: [],
      decisions: [],
      left: [],
      right: [],
      boundaries,
      words,
    };
  }
  return {
    features: integersOf(fields, 'split_feature', count),
    thresholds: numbersOf(fields, 'threshold', count),
    decisions: integersOf(fields, 'decision_type', count),
    left: integersOf(fields, 'left_child', count),
    right: integersOf(fields, 'right_child', count),
    boundaries,
    words,
  };
}

interface Rule {
  readonly threshold: number;
  readonly missingLeft: boolean;
  readonly words?: readonly number[];
}

function ruleOf(fields: Fields, splits: Splits, at: number): Rule {
  const decision = splits.decisions[at]!;
  const threshold = splits.thresholds[at]!;
  const defaultLeft = (decision & DEFAULT_LEFT) !== 0;
  if ((decision & CATEGORICAL) !== 0) {
    const start = splits.boundaries[threshold];
    const end = splits.boundaries[threshold + 1];
    if (start === undefined || end === undefined || start < 0 || end < start) {
      throw corrupt(fields, `has no set of categories ${threshold}`);
    }
    // A missing category goes right, whatever the other bits say.
    return { threshold: 0, missingLeft: false, words: splits.words.slice(start, end) };
  }
  if (Number.isNaN(threshold)) throw corrupt(fields, 'has a threshold that is no number');
  const zeroLeft = 0 <= threshold;
  switch ((decision >> 2) & 3) {
    case 0:
      return { threshold, missingLeft: zeroLeft };
    case 1:
      if (defaultLeft !== zeroLeft || Math.abs(threshold) < ZERO_REACH) {
        throw new ForeignModelUnsupportedError(
          'LightGBM',
          'zeros count as missing (zero_as_missing) and part from their neighbours at a split',
        );
      }
      // The zero farthest from 0 goes the way of the others.
      return {
        threshold: threshold === -ZERO_REACH ? nextDown(threshold) : threshold,
        missingLeft: defaultLeft,
      };
    case 2:
      return { threshold, missingLeft: defaultLeft };
    default:
      throw corrupt(fields, `has a decision type ${decision} that is not known`);
  }
}

function corrupt(fields: Fields, problem: string): ForeignModelCorruptError {
  return new ForeignModelCorruptError('LightGBM', fields.where, problem);
}
