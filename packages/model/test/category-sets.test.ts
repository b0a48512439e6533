import { describe, expect, it } from 'vitest';
import { assembleForest } from '../src/assemble-forest.ts';
import { categoriesOfSet, isInCategorySet } from '../src/category-sets.ts';
import { checkEstimator } from '../src/check-estimator.ts';
import type { CategorySets, TreeEnsemble } from '../src/index.ts';
import { scoreReference } from '../src/score-reference.ts';

/** {0, 31, 32} and {}; the words of a third follow. */
const sets: CategorySets = {
  setOf: Int32Array.of(0, -1, -1),
  starts: Int32Array.of(0, 2, 2, 3),
  words: Int32Array.of(1 | (1 << 31), 1, 1),
};

const trees: TreeEnsemble = assembleForest(
  [
    {
      splitFeature: Int32Array.of(0, -1, -1),
      threshold: Float64Array.of(99, 0, 0),
      leftChild: Int32Array.of(1, 1, 2),
      rightChild: Int32Array.of(2, 1, 2),
      missingLeft: Uint8Array.of(1, 0, 0),
      categorySets: sets,
      leafIndex: Int32Array.of(-1, 0, 1),
      leafValues: Float64Array.of(1, 2),
      cover: Float64Array.of(2, 1, 1),
    },
  ],
  { outputCount: 1, aggregation: 'sum' },
);

function withSets(change: Partial<CategorySets>): TreeEnsemble {
  return { ...trees, categorySets: { ...trees.categorySets!, ...change } };
}

describe('isInCategorySet', () => {
  it('finds the categories of a set and no other number', () => {
    const numbers = [0, 31, 32, 1, 30, 33, 63, 64, -1, -0.5, 0.9, 32.5, 1e300, Infinity, -Infinity];
    const found = numbers.filter((value) => isInCategorySet(sets, 0, value));
    expect(found).toEqual([0, 31, 32, -0.5, 0.9, 32.5]);
    expect(numbers.some((value) => isInCategorySet(sets, 1, value))).toBe(false);
  });
});

describe('categoriesOfSet', () => {
  it('lists the categories in order', () => {
    expect(categoriesOfSet(sets, 0)).toEqual([0, 31, 32]);
    expect(categoriesOfSet(sets, 1)).toEqual([]);
  });
});

describe('a split on a set of categories', () => {
  it('sends the categories in the set left, others right, and missing ones where it says', () => {
    const column = Float64Array.of(0, 31, 32, 5, 98, -3, NaN);
    const matrix = { rowCount: 7, features: [], columns: [column] };
    expect([...scoreReference(trees, matrix)]).toEqual([1, 1, 1, 2, 2, 2, 1]);
  });

  it('takes only the sets that a split asks for, and no threshold', () => {
    expect(trees.categorySets).toEqual({
      setOf: sets.setOf,
      starts: Int32Array.of(0, 2),
      words: Int32Array.of(1 | (1 << 31), 1),
    });
    expect(trees.threshold[0]).toBe(0);
  });

  it.each<[string, string, Partial<CategorySets>]>([
    ['too few nodes', 'setOf', { setOf: Int32Array.of(0) }],
    ['a set that is not there', 'setOf[0]', { setOf: Int32Array.of(1, -1, -1) }],
    ['a negative set', 'setOf[0]', { setOf: Int32Array.of(-2, -1, -1) }],
    ['a set at a leaf', 'setOf[1]', { setOf: Int32Array.of(0, 0, -1) }],
    ['no start', 'starts[0]', { starts: Int32Array.of() }],
    ['a start that goes back', 'starts[2]', { starts: Int32Array.of(0, 2, 1, 2) }],
    ['words that no set has', 'starts', { words: Int32Array.of(1, 2, 3) }],
    ['a set beyond the words', 'starts', { words: Int32Array.of(1) }],
  ])('is refused with MODEL_INVALID for %s, naming %s', (_, where, change) => {
    expect(() => checkEstimator(withSets(change))).toThrow(
      expect.objectContaining({
        code: 'MODEL_INVALID',
        where: `estimator.categorySets.${where}`,
      }),
    );
  });
});
