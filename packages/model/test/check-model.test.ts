import { describe, expect, it } from 'vitest';
import { checkModel } from '../src/check-model.ts';
import type { LinearEstimator, TreeEnsemble } from '../src/estimator.ts';
import type { Model } from '../src/model.ts';
import {
  tinyBoostedRegression,
  tinyForest,
  tinyLogistic,
  tinyModels,
} from './fixtures/tiny-models.ts';

const forest = tinyForest();
const trees = forest.estimator as TreeEnsemble;
const boosted = tinyBoostedRegression();
const logistic = tinyLogistic();
const linear = logistic.estimator as LinearEstimator;
const { inputs } = forest.signature;

const faults: [what: string, where: string, model: Model][] = [
  ['a class too many', 'estimator', { ...forest, target: { name: 't', classes: ['a', 'b', 'c'] } }],
  ['one class', 'target.classes', { ...forest, target: { name: 't', classes: ['a'] } }],
  ['equal classes', 'target.classes', { ...forest, target: { name: 't', classes: ['a', 'a'] } }],
  ['no classes', 'target.classes', { ...forest, target: { name: 't' } }],
  ['classes of a number', 'target.classes', { ...boosted, target: forest.target }],
  ['a number out of shares', 'estimator', { ...forest, task: 'regression', target: { name: 't' } }],
  [
    'shares that do not sum to 1',
    'estimator.leafValues[2..3]',
    { ...forest, estimator: { ...trees, leafValues: trees.leafValues.with(2, 0.999) } },
  ],
  [
    'a negative share',
    'estimator.leafValues[0..1]',
    {
      ...forest,
      estimator: { ...trees, leafValues: trees.leafValues.with(0, -0.25).with(1, 1.25) },
    },
  ],
  ['sums of shares', 'estimator.link', { ...forest, estimator: { ...trees, aggregation: 'sum' } }],
  [
    'a base score under shares',
    'estimator.link',
    { ...forest, estimator: { ...trees, baseScore: Float64Array.of(0, 1) } },
  ],
  [
    'a linear class model without a link',
    'estimator.link',
    {
      ...logistic,
      estimator: {
        ...linear,
        outputCount: 2,
        coefficients: Float64Array.of(...linear.coefficients, ...linear.coefficients),
        intercepts: Float64Array.of(0, 0),
        link: 'identity',
      },
    },
  ],
  ['a feature too few', 'estimator', { ...logistic, recipe: forest.recipe }],
  [
    'a split beyond the features',
    'estimator',
    { ...forest, recipe: { ...forest.recipe, features: forest.recipe.features.slice(0, 1) } },
  ],
  [
    'a signature that lacks an input',
    'signature.inputs',
    { ...forest, signature: { inputs: inputs.slice(1), outputs: [] } },
  ],
  [
    'a signature of another type',
    'signature.inputs',
    {
      ...forest,
      signature: { inputs: inputs.map((input) => ({ ...input, type: 'string' })), outputs: [] },
    },
  ],
  [
    'a signature with a name twice',
    'signature.inputs',
    { ...forest, signature: { inputs: [...inputs, inputs[0]!], outputs: [] } },
  ],
];

describe('checkModel', () => {
  it.each(tinyModels())('accepts %s', (_, model) => {
    expect(() => checkModel(model)).not.toThrow();
  });

  it.each(faults)('throws MODEL_INVALID for %s, naming %s', (_, where, model) => {
    expect(() => checkModel(model)).toThrow(
      expect.objectContaining({ code: 'MODEL_INVALID', where }),
    );
  });
});
