import { createRandom } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { assembleForest } from '../src/assemble-forest.ts';
import { checkEstimator } from '../src/check-estimator.ts';
import type { Estimator, LinearEstimator, TreeEnsemble } from '../src/estimator.ts';
import { randomTree } from './fixtures/random-trees.ts';

const shape = { featureCount: 4, outputCount: 2, depth: 3 };
const random = createRandom(3);
const forest = assembleForest([randomTree(random, shape), randomTree(random, shape)], {
  outputCount: 2,
  aggregation: 'mean',
});
const split = forest.splitFeature.findIndex((feature) => feature >= 0);
const leaf = forest.splitFeature.indexOf(-1);

const linear: LinearEstimator = {
  kind: 'linear',
  outputCount: 1,
  coefficients: Float64Array.of(1, 2, 3),
  intercepts: Float64Array.of(4),
  link: 'logistic',
};

/** The forest with one entry of one array changed. */
function changed(name: keyof TreeEnsemble, at: number, value: number): TreeEnsemble {
  const array = (forest[name] as Float64Array).slice();
  array[at] = value;
  return { ...forest, [name]: array };
}

function shortened(name: keyof TreeEnsemble): TreeEnsemble {
  return { ...forest, [name]: (forest[name] as Float64Array).slice(0, -1) };
}

const faults: [what: string, where: string, estimator: Estimator][] = [
  ['a NaN threshold', `threshold[${split}]`, changed('threshold', split, NaN)],
  [
    'a child of another tree',
    `rightChild[${split}]`,
    changed('rightChild', split, forest.treeStarts[1]!),
  ],
  ['a child beyond the end', `rightChild[${split}]`, changed('rightChild', split, 1e9)],
  ['a negative child', `leftChild[${split}]`, changed('leftChild', split, -1)],
  ['a split that is its own child', `leftChild[${split}]`, changed('leftChild', split, split)],
  ['two splits with one child', 'rightChild[0]', changed('rightChild', 0, forest.leftChild[0]!)],
  ['a leaf that leads on', `leftChild[${leaf}]`, changed('leftChild', leaf, leaf + 1)],
  ['a leaf index out of range', `leafIndex[${leaf}]`, changed('leafIndex', leaf, 1e6)],
  ['a leaf without values', `leafIndex[${leaf}]`, changed('leafIndex', leaf, -1)],
  ['a split with leaf values', `leafIndex[${split}]`, changed('leafIndex', split, 0)],
  ['a feature below -1', `splitFeature[${leaf}]`, changed('splitFeature', leaf, -2)],
  ['a third direction', `missingLeft[${split}]`, changed('missingLeft', split, 2)],
  ['a negative cover', 'cover[0]', changed('cover', 0, -1)],
  ['an infinite cover', 'cover[0]', changed('cover', 0, Infinity)],
  ['an infinite leaf value', 'leafValues[1]', changed('leafValues', 1, Infinity)],
  ['a NaN base score', 'baseScore[0]', changed('baseScore', 0, NaN)],
  ['a first tree that starts late', 'treeStarts[0]', changed('treeStarts', 0, 1)],
  ['trees out of order', 'treeStarts[1]', changed('treeStarts', 1, 0)],
  ['trees that end early', 'treeStarts', changed('treeStarts', 2, forest.treeStarts[2]! - 1)],
  ['no tree', 'treeStarts', { ...forest, treeStarts: Int32Array.of(0) }],
  ['a short threshold array', 'threshold', shortened('threshold')],
  ['a short cover array', 'cover', shortened('cover')],
  ['a part of a leaf', 'leafValues', shortened('leafValues')],
  ['a short base score', 'baseScore', shortened('baseScore')],
  ['no outputs', 'outputCount', { ...forest, outputCount: 0 }],
  ['half an output', 'outputCount', { ...forest, outputCount: 1.5 }],
  ['two logistic outputs', 'link', { ...forest, link: 'logistic' }],
  ['a softmax over one output', 'link', { ...linear, link: 'softmax' }],
  ['a NaN coefficient', 'coefficients[1]', { ...linear, coefficients: Float64Array.of(1, NaN, 3) }],
  ['an infinite intercept', 'intercepts[0]', { ...linear, intercepts: Float64Array.of(Infinity) }],
  ['too many intercepts', 'intercepts', { ...linear, intercepts: Float64Array.of(1, 2) }],
  [
    'coefficients that do not divide',
    'coefficients',
    { ...linear, link: 'softmax', outputCount: 2, intercepts: Float64Array.of(1, 2) },
  ],
];

describe('checkEstimator', () => {
  it('returns the number of features that the splits need', () => {
    expect(checkEstimator(forest)).toBe(Math.max(...forest.splitFeature) + 1);
  });

  it('returns the number of features of a linear estimator', () => {
    expect(checkEstimator(linear)).toBe(3);
  });

  it('takes a threshold of Infinity, which parts present values from missing ones', () => {
    expect(() => checkEstimator(changed('threshold', split, Infinity))).not.toThrow();
  });

  it('refuses a node that no split leads to', () => {
    const { leftChild, splitFeature, leafIndex } = forest;
    const orphaned = {
      ...forest,
      splitFeature: splitFeature.with(0, -1),
      leftChild: leftChild.with(0, 0),
      rightChild: forest.rightChild.with(0, 0),
      leafIndex: leafIndex.with(0, 0),
    };
    expect(() => checkEstimator(orphaned)).toThrow(
      expect.objectContaining({ where: 'estimator.leftChild' }),
    );
  });

  it.each(faults)('throws MODEL_INVALID for %s, naming %s', (_, where, estimator) => {
    expect(() => checkEstimator(estimator)).toThrow(
      expect.objectContaining({ code: 'MODEL_INVALID', where: `estimator.${where}` }),
    );
  });
});
