import { type JsonObject, type JsonValue, createRandom } from '@gnu-mlops/core';
import { type Ensemble, predictMatrix } from '@gnu-mlops/model';
import { describe, expect, it } from 'vitest';
import { algorithmNamed } from '../../src/algorithms.ts';
import { featureFamily } from '../../src/feature-family.ts';
import { fitAlgorithm } from '../../src/fit-algorithm.ts';
import { resolveHyperparameters } from '../../src/resolve-hyperparameters.ts';
import type { TrainingTarget } from '../../src/training-set.ts';
import { matrixOf } from '../matrix-of.ts';

const rowCount = 200;
const random = createRandom(6);
const columns = [0, 1, 2].map(() => Array.from({ length: rowCount }, () => random.nextNormal()));
const matrix = matrixOf(columns);
const target: TrainingTarget = {
  task: 'classification',
  labels: Int32Array.from(columns[0]!, (value) => Number(value + random.nextNormal() > 0)),
  classCount: 2,
  classes: ['no', 'yes'],
};
const numbers: TrainingTarget = {
  task: 'regression',
  values: Float64Array.from(columns[0]!, (value, row) => 3 * value - columns[1]![row]!),
};

const fit = (algorithm: string, hyperparameters: JsonObject, of: TrainingTarget = target) =>
  fitAlgorithm({ algorithm, hyperparameters, matrix, target: of, seed: 4 });

const small = { n_estimators: 10, max_depth: 3 };
const forest = { algorithm: 'random_forest', hyperparameters: small };
const logistic = { algorithm: 'logistic_regression' };

describe('voting', () => {
  it('gives the weighted mean of what its members give', async () => {
    const { estimator } = await fit('voting', {
      estimators: [
        { ...forest, weight: 3 },
        { ...logistic, weight: 1 },
      ],
    });
    const own = await Promise.all([fit('random_forest', small), fit('logistic_regression', {})]);
    const [first, second] = own.map((alone) => predictMatrix(alone.estimator, matrix));
    predictMatrix(estimator, matrix).forEach((probability, at) => {
      expect(probability).toBeCloseTo(0.75 * first![at]! + 0.25 * second![at]!, 12);
    });
  });

  it('gives two equal members seeds of their own', async () => {
    const { estimator } = await fit('voting', { estimators: [forest, forest] });
    const { members } = estimator as Ensemble;
    expect(members[0]).not.toEqual(members[1]);
  });

  it('shares importance as its members do, by weight', async () => {
    const { importances } = await fit('voting', {
      estimators: [forest, { ...logistic, weight: 3 }],
    });
    const own = await Promise.all([fit('random_forest', small), fit('logistic_regression', {})]);
    importances.forEach((share, f) => {
      expect(share).toBeCloseTo(
        0.25 * own[0]!.importances[f]! + 0.75 * own[1]!.importances[f]!,
        12,
      );
    });
  });
});

describe('stacking', () => {
  it('trusts a member by rows that it has not seen: one that remembers every row knows little', async () => {
    const remembering = {
      algorithm: 'random_forest',
      hyperparameters: { n_estimators: 1, bootstrap: false, max_depth: null, max_features: 1 },
    };
    const { estimator } = await fit('stacking', { estimators: [remembering, logistic] });
    const { combination } = estimator as Ensemble;
    if (combination.kind !== 'stack' || combination.final.kind !== 'linear') throw new Error('no');
    const [ofTree, ofLogistic] = combination.final.coefficients;
    expect(ofLogistic!).toBeGreaterThan(2 * Math.abs(ofTree!));
  });

  it('does better than its members on numbers that take both', async () => {
    const { estimator } = await fit(
      'stacking',
      { estimators: [forest, { algorithm: 'linear_regression' }], cv: 3 },
      numbers,
    );
    const errorOf = (outputs: Float64Array) =>
      outputs.reduce((sum, value, row) => {
        const wanted = (numbers as { values: Float64Array }).values[row]!;
        return sum + (value - wanted) ** 2;
      }, 0);
    const own = await fit('random_forest', small, numbers);
    const stacked = errorOf(predictMatrix(estimator, matrix));
    expect(stacked).toBeLessThan(0.1 * errorOf(predictMatrix(own.estimator, matrix)));
  });

  it('lets the final estimator read the features where it is told to', async () => {
    const final_estimator = { algorithm: 'lightgbm', hyperparameters: { num_iterations: 5 } };
    const settings = { estimators: [logistic], final_estimator, passthrough: true, cv: 3 };
    const { estimator, importances } = await fit('stacking', settings);
    expect(estimator).toMatchObject({
      combination: { kind: 'stack', passthrough: true, final: { kind: 'tree_ensemble' } },
    });
    expect(importances.length).toBe(3);
    expect(importances.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  it('throws TRAINER_HYPERPARAMETER_INVALID for more folds than rows can be dealt to', async () => {
    const labels = new Int32Array(rowCount);
    labels[7] = 1;
    const lonely = { ...target, labels } as TrainingTarget;
    const fitting = fit('stacking', { estimators: [forest] }, lonely);
    await expect(fitting).rejects.toThrow('"yes" has too few different rows');
    await expect(fit('stacking', { estimators: [forest], cv: 500 })).rejects.toMatchObject({
      code: 'TRAINER_HYPERPARAMETER_INVALID',
      hyperparameter: 'cv',
    });
  });
});

describe('the algorithms of an ensemble', () => {
  const refusals: [what: string, entry: JsonValue, facts: object][] = [
    ['no name', {}, { hyperparameter: 'estimators[1].algorithm' }],
    ['no object', 'ridge', { hyperparameter: 'estimators[1]' }],
    ['an ensemble', { algorithm: 'voting' }, { hyperparameter: 'estimators[1].algorithm' }],
    ['an unknown name', { algorithm: 'random_forrest' }, { code: 'TRAINER_UNKNOWN_ALGORITHM' }],
    ['one for numbers', { algorithm: 'ridge' }, { code: 'TRAINER_TASK_UNSUPPORTED' }],
    ['another key', { ...logistic, wieght: 2 }, { hyperparameter: 'estimators[1].wieght' }],
    ['a weight of 0', { ...logistic, weight: 0 }, { hyperparameter: 'estimators[1].weight' }],
    [
      'no settings',
      { ...logistic, hyperparameters: 3 },
      { hyperparameter: 'estimators[1].hyperparameters' },
    ],
    [
      'an unknown setting',
      { ...forest, hyperparameters: { n_estimator: 3 } },
      { code: 'TRAINER_UNKNOWN_HYPERPARAMETER', nearest: 'n_estimators' },
    ],
    [
      'a setting out of range',
      { ...forest, hyperparameters: { max_depth: 0 } },
      { algorithm: 'random_forest', hyperparameter: 'max_depth' },
    ],
  ];

  it.each(refusals)('are refused before anything is fitted with %s', (_, entry, facts) => {
    const resolve = () =>
      resolveHyperparameters(
        algorithmNamed('voting'),
        { estimators: [forest, entry] },
        'classification',
      );
    expect(resolve).toThrow(expect.objectContaining(facts));
  });

  it('say why an ensemble is refused', () => {
    const given = { estimators: [{ algorithm: 'stacking' }] };
    expect(() => resolveHyperparameters(algorithmNamed('voting'), given, 'regression')).toThrow(
      'ensembles do not nest',
    );
  });

  it('stay as they were given, so that a run records one value', () => {
    const given = { estimators: [forest], cv: 3 };
    expect(resolveHyperparameters(algorithmNamed('stacking'), given, 'classification')).toEqual({
      ...given,
      final_estimator: null,
      passthrough: false,
      class_weight: null,
    });
  });

  it('decide on the features: those of trees only where all are of trees', () => {
    const familyOf = (name: string, hyperparameters: JsonObject) =>
      featureFamily(algorithmNamed(name), hyperparameters);
    expect(familyOf('voting', { estimators: [forest, { algorithm: 'xgboost' }] })).toBe('trees');
    expect(familyOf('voting', { estimators: [forest, logistic] })).toBe('linear');
    expect(familyOf('voting', {})).toBe('linear');
    expect(familyOf('stacking', { estimators: [forest] })).toBe('trees');
    expect(familyOf('stacking', { estimators: [forest], passthrough: true })).toBe('linear');
    const final_estimator = { algorithm: 'lightgbm' };
    expect(familyOf('stacking', { estimators: [forest], final_estimator, passthrough: true })).toBe(
      'trees',
    );
  });
});
