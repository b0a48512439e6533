import { describe, expect, it } from 'vitest';
import { checkEstimator } from '../../src/check-estimator.ts';
import { checkModel } from '../../src/check-model.ts';
import { needsEveryFeature } from '../../src/ensemble/needs-every-feature.ts';
import type { Ensemble, LinearEstimator, SingleEstimator, Stack } from '../../src/estimator.ts';
import type { Model } from '../../src/model.ts';
import { predictMatrix } from '../../src/predict-matrix.ts';
import { tinyStack, tinyVoting } from '../fixtures/tiny-models.ts';

const voting = tinyVoting().estimator as Ensemble;
const stack = tinyStack().estimator as Ensemble;
const [forest, linear, network] = voting.members as [
  SingleEstimator,
  LinearEstimator,
  SingleEstimator,
];
const { final } = stack.combination as Stack;
const featureCount = linear.coefficients.length;

const weighted = (...weights: number[]): Ensemble => ({
  ...voting,
  combination: { kind: 'mean', weights: Float64Array.from(weights) },
});
const stacked = (combination: Partial<Stack>): Ensemble => ({
  ...stack,
  combination: { ...(stack.combination as Stack), ...combination },
});
const narrower = { ...linear, coefficients: linear.coefficients.slice(1) };

const faults: [what: string, where: string, ensemble: Ensemble][] = [
  ['no members', 'members', { ...voting, members: [] }],
  ['a link', 'link', { ...voting, link: 'softmax' as 'identity' }],
  [
    'an ensemble in it',
    'members[1]',
    { ...voting, members: [forest, voting as unknown as SingleEstimator] },
  ],
  [
    'a member that is unsound',
    'members[1].intercepts',
    { ...voting, members: [forest, { ...linear, intercepts: new Float64Array(3) }, network] },
  ],
  [
    'a member of another width',
    'members[1]',
    { ...voting, members: [forest, { ...linear, link: 'identity' }, network] },
  ],
  ['a member of other features', 'members[1]', { ...voting, members: [linear, narrower, network] }],
  ['a weight too few', 'combination.weights', weighted(0.5, 0.5)],
  ['a weight of 0', 'combination.weights[2]', weighted(0.5, 0.5, 0)],
  ['a NaN weight', 'combination.weights[0]', weighted(NaN, 0.5, 0.5)],
  ['weights that are no shares', 'combination.weights', weighted(1, 1, 1)],
  [
    'a final estimator of the members alone that reads more',
    'combination.final',
    stacked({ passthrough: false }),
  ],
  [
    'a final estimator that reads too little',
    'combination.final',
    stacked({ final: { ...linear, coefficients: Float64Array.of(1, 2) } }),
  ],
  [
    'a final estimator of other features',
    'combination.final',
    stacked({ final: { ...linear, coefficients: new Float64Array(featureCount + 2) } }),
  ],
  [
    'an ensemble at its end',
    'combination.final',
    stacked({ final: voting as unknown as SingleEstimator }),
  ],
];

describe('checkEstimator of an ensemble', () => {
  it('returns the features that its members need', () => {
    expect(checkEstimator(voting)).toBe(featureCount);
    expect(checkEstimator(stack)).toBe(featureCount);
  });

  it.each(faults)('throws MODEL_INVALID for %s, naming %s', (_, where, ensemble) => {
    expect(() => checkEstimator(ensemble)).toThrow(
      expect.objectContaining({ code: 'MODEL_INVALID', where: `estimator.${where}` }),
    );
  });
});

describe('needsEveryFeature', () => {
  it('is so where any member adds all of them up', () => {
    expect(needsEveryFeature(voting)).toBe(true);
    expect(needsEveryFeature({ ...voting, members: [forest] })).toBe(false);
    const trees: Ensemble = { ...stack, members: [forest] };
    expect(needsEveryFeature(trees)).toBe(true);
    const combination: Stack = { kind: 'stack', final, passthrough: false };
    expect(needsEveryFeature({ ...trees, combination })).toBe(false);
  });
});

describe('checkModel of an ensemble', () => {
  const refuse = (model: Model, where: string) =>
    expect(() => checkModel(model)).toThrow(
      expect.objectContaining({ code: 'MODEL_INVALID', where }),
    );

  it('refuses members and final estimators that give no probabilities', () => {
    const numbers = { ...linear, outputCount: 2, link: 'identity' } as LinearEstimator;
    const doubled = {
      ...numbers,
      coefficients: new Float64Array(2 * featureCount),
      intercepts: new Float64Array(2),
    };
    refuse(
      { ...tinyVoting(), estimator: { ...voting, members: [forest, linear, doubled] } },
      'estimator.members[2].link',
    );
  });

  it('refuses classes where there is a number to predict', () => {
    const { classes: _, ...target } = tinyVoting().target;
    refuse({ ...tinyVoting(), task: 'regression', target }, 'estimator.members[0]');
  });

  it('scores by a member alone what the member says', () => {
    const matrix = {
      rowCount: 3,
      features: Array.from({ length: featureCount }, (__, i) => ({
        name: `f${i}`,
        kind: 'numeric' as const,
      })),
      columns: Array.from({ length: featureCount }, (__, i) => Float64Array.of(i, -i, 1)),
    };
    const alone: Ensemble = {
      ...voting,
      members: [network],
      combination: { kind: 'mean', weights: Float64Array.of(1) },
    };
    expect(predictMatrix(alone, matrix)).toEqual(predictMatrix(network, matrix));
  });
});
