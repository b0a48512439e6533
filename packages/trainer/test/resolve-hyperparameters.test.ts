import type { JsonObject } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { algorithmNamed, algorithms } from '../src/algorithms.ts';
import { resolveHyperparameters } from '../src/resolve-hyperparameters.ts';

const forest = algorithmNamed('random_forest');

describe('resolveHyperparameters', () => {
  it('fills in the defaults of the task', () => {
    expect(resolveHyperparameters(forest, { n_estimators: 7 }, 'classification')).toEqual({
      n_estimators: 7,
      max_depth: 10,
      min_samples_split: 2,
      min_samples_leaf: 1,
      max_features: 'sqrt',
      max_leaf_nodes: null,
      max_bins: 255,
      bootstrap: true,
      oob_score: false,
      class_weight: null,
      criterion: 'gini',
    });
    expect(resolveHyperparameters(forest, {}, 'regression')).toMatchObject({
      max_features: 1,
      criterion: 'squared_error',
    });
  });

  it('keeps a null that was given', () => {
    const resolved = resolveHyperparameters(forest, { max_depth: null }, 'regression');
    expect(resolved['max_depth']).toBeNull();
  });

  it('accepts every default', () => {
    for (const algorithm of algorithms) {
      for (const task of algorithm.tasks) {
        const defaults = resolveHyperparameters(algorithm, {}, task);
        expect(resolveHyperparameters(algorithm, defaults, task)).toEqual(defaults);
      }
    }
  });

  it('throws TRAINER_UNKNOWN_HYPERPARAMETER naming the nearest', () => {
    const resolving = () => resolveHyperparameters(forest, { max_dept: 3 }, 'regression');
    expect(resolving).toThrow('has no hyperparameter "max_dept". Did you mean "max_depth"?');
    expect(resolving).toThrow(
      expect.objectContaining({ code: 'TRAINER_UNKNOWN_HYPERPARAMETER', nearest: 'max_depth' }),
    );
    expect(() => resolveHyperparameters(forest, { toString: 3 }, 'regression')).toThrow(
      'has no hyperparameter "toString". Known: n_estimators, max_depth,',
    );
  });

  it.each(['n_jobs', 'num_threads', 'nthread'])('says of %s where threads are set', (name) => {
    for (const algorithm of ['random_forest', 'lightgbm', 'xgboost']) {
      const resolving = () =>
        resolveHyperparameters(algorithmNamed(algorithm), { [name]: 2 }, 'regression');
      expect(resolving).toThrow(/training\.n_jobs of the configuration and --jobs/);
    }
  });

  const refused: [string, string, JsonObject][] = [
    ['random_forest', 'classification', { n_estimators: 0 }],
    ['random_forest', 'classification', { n_estimators: 1.5 }],
    ['random_forest', 'classification', { n_estimators: '100' }],
    ['random_forest', 'classification', { max_depth: 0 }],
    ['random_forest', 'classification', { min_samples_split: 1 }],
    ['random_forest', 'classification', { max_features: 0 }],
    ['random_forest', 'classification', { max_features: 1.5 }],
    ['random_forest', 'classification', { max_features: 'all' }],
    ['random_forest', 'classification', { max_leaf_nodes: 1 }],
    ['random_forest', 'classification', { max_bins: 256 }],
    ['random_forest', 'classification', { bootstrap: 1 }],
    ['random_forest', 'classification', { class_weight: { a: 0 } }],
    ['random_forest', 'classification', { class_weight: [1, 2] }],
    ['random_forest', 'classification', { criterion: 'squared_error' }],
    ['random_forest', 'regression', { criterion: 'gini' }],
    ['random_forest', 'regression', { class_weight: 'balanced' }],
    ['logistic_regression', 'classification', { C: 0 }],
    ['logistic_regression', 'classification', { penalty: 'l1' }],
    ['logistic_regression', 'classification', { max_iter: 0 }],
    ['logistic_regression', 'classification', { tol: 0 }],
    ['ridge', 'regression', { alpha: -1 }],
    ['ridge', 'regression', { fit_intercept: null }],
  ];
  it.each(refused)('throws TRAINER_HYPERPARAMETER_INVALID: %s, %s, %j', (name, task, given) => {
    const [hyperparameter] = Object.keys(given);
    expect(() =>
      resolveHyperparameters(algorithmNamed(name), given, task as 'classification' | 'regression'),
    ).toThrow(
      expect.objectContaining({ code: 'TRAINER_HYPERPARAMETER_INVALID', hyperparameter }) as Error,
    );
  });

  it.each(['{"__proto__": 3}', '{"__proto__": {"max_depth": 3}}'])(
    'throws TRAINER_UNKNOWN_HYPERPARAMETER for %s, which names no hyperparameter',
    (json) => {
      expect(() =>
        resolveHyperparameters(forest, JSON.parse(json) as JsonObject, 'regression'),
      ).toThrow(
        expect.objectContaining({
          code: 'TRAINER_UNKNOWN_HYPERPARAMETER',
          hyperparameter: '__proto__',
        }) as Error,
      );
    },
  );

  it('says what a value must be', () => {
    expect(() => resolveHyperparameters(forest, { max_bins: 300 }, 'regression')).toThrow(
      'The hyperparameter "max_bins" of "random_forest" is 300; ' +
        'it must be a whole number from 2 to 255.',
    );
  });
});
