import { createRandom } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { assembleForest } from '../src/assemble-forest.ts';
import { checkEstimator } from '../src/check-estimator.ts';
import type { GrownTree } from '../src/grown-tree.ts';
import { randomTree } from './fixtures/random-trees.ts';

const stump: GrownTree = {
  splitFeature: Int32Array.of(2, -1, -1),
  threshold: Float64Array.of(0.5, NaN, 9),
  leftChild: Int32Array.of(1, 77, 0),
  rightChild: Int32Array.of(2, 77, 0),
  missingLeft: Uint8Array.of(1, 1, 0),
  leafIndex: Int32Array.of(-1, 0, 1),
  leafValues: Float64Array.of(0.25, 0.75, 1, 0),
  cover: Float64Array.of(10, 4, 6),
};

describe('assembleForest', () => {
  it('moves the indices of each tree behind those of the trees before it', () => {
    const forest = assembleForest([stump, stump], { outputCount: 2, aggregation: 'mean' });
    expect(forest).toEqual({
      kind: 'tree_ensemble',
      outputCount: 2,
      treeStarts: Int32Array.of(0, 3, 6),
      splitFeature: Int32Array.of(2, -1, -1, 2, -1, -1),
      threshold: Float64Array.of(0.5, 0, 0, 0.5, 0, 0),
      leftChild: Int32Array.of(1, 1, 2, 4, 4, 5),
      rightChild: Int32Array.of(2, 1, 2, 5, 4, 5),
      missingLeft: Uint8Array.of(1, 0, 0, 1, 0, 0),
      leafIndex: Int32Array.of(-1, 0, 1, -1, 2, 3),
      leafValues: Float64Array.of(0.25, 0.75, 1, 0, 0.25, 0.75, 1, 0),
      cover: Float64Array.of(10, 4, 6, 10, 4, 6),
      aggregation: 'mean',
      baseScore: Float64Array.of(0, 0),
      link: 'identity',
    });
  });

  it('keeps the base score and the link it is given', () => {
    const shape = {
      outputCount: 2,
      aggregation: 'sum',
      baseScore: [1, -1],
      link: 'softmax',
    } as const;
    const forest = assembleForest([stump], shape);
    expect(forest.baseScore).toEqual(Float64Array.of(1, -1));
    expect(forest.link).toBe('softmax');
  });

  it('gives a sound ensemble for trees of any shape', () => {
    for (let seed = 0; seed < 50; seed++) {
      const random = createRandom(seed);
      const shape = {
        featureCount: 5,
        outputCount: 1 + random.nextInt(3),
        depth: random.nextInt(7),
      };
      const trees = Array.from({ length: 1 + random.nextInt(9) }, () => randomTree(random, shape));
      const forest = assembleForest(trees, { ...shape, aggregation: 'mean' });
      expect(checkEstimator(forest)).toBeLessThanOrEqual(5);
    }
  });
});
