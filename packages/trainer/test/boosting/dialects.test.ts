import { describe, expect, it } from 'vitest';
import { fitEstimator } from '../../src/fit-algorithm.ts';
import { algorithmNamed } from '../../src/algorithms.ts';
import { resolveHyperparameters } from '../../src/resolve-hyperparameters.ts';
import { boostingTask } from './boosting-data.ts';

function requestFor(
  algorithm: string,
  hyperparameters: Record<string, number | number[] | string>,
) {
  const { matrix, targets } = boostingTask(400);
  const target = {
    task: 'classification',
    labels: Int32Array.from(targets),
    classCount: 2,
  } as const;
  return { algorithm, hyperparameters, matrix, target, seed: 1 };
}

describe('the dialects of boosting', () => {
  it.each([
    ['lightgbm', { n_estimators: 5, eta: 0.2, reg_lambda: 2, min_child_samples: 10 }],
    ['xgboost', { num_boost_round: 5, eta: 0.2, lambda: 2, min_split_loss: 0.1 }],
  ])('%s understands the usual other names', (name, given) => {
    const resolved = resolveHyperparameters(algorithmNamed(name), given, 'classification');
    expect(Object.values(resolved)).toEqual(
      expect.arrayContaining([5, 0.2, 2, Object.values(given)[3]]),
    );
    expect(Object.keys(resolved)).not.toContain('eta');
  });

  it('has the defaults of LightGBM and of XGBoost', () => {
    const defaultsOf = (name: string) =>
      resolveHyperparameters(algorithmNamed(name), {}, 'regression');
    expect(defaultsOf('lightgbm')).toMatchObject({
      learning_rate: 0.1,
      num_leaves: 31,
      max_depth: -1,
      min_data_in_leaf: 20,
      lambda_l2: 0,
    });
    expect(defaultsOf('xgboost')).toMatchObject({
      learning_rate: 0.3,
      max_depth: 6,
      min_child_weight: 1,
      reg_lambda: 1,
      gamma: 0,
    });
  });

  it('throws TRAINER_UNKNOWN_HYPERPARAMETER naming the nearest, other names included', async () => {
    const fitting = fitEstimator(requestFor('lightgbm', { num_leafs: 7 }));
    await expect(fitting).rejects.toMatchObject({ code: 'TRAINER_UNKNOWN_HYPERPARAMETER' });
    await expect(fitting).rejects.toThrow('Did you mean "num_leaves"?');
    await expect(fitEstimator(requestFor('xgboost', { num_rounds: 7 }))).rejects.toThrow(
      'Did you mean "num_round"?',
    );
  });

  it('throws TRAINER_HYPERPARAMETER_INVALID when a setting is given under two names', async () => {
    const fitting = fitEstimator(requestFor('xgboost', { learning_rate: 0.1, eta: 0.2 }));
    await expect(fitting).rejects.toThrow('"eta" is another name for "learning_rate"');
  });

  it('throws TRAINER_HYPERPARAMETER_INVALID when the constraints are not one a feature', async () => {
    const fitting = fitEstimator(requestFor('lightgbm', { monotone_constraints: [1, 0] }));
    await expect(fitting).rejects.toThrow('one number for each of the 7 features');
  });

  it('throws TRAINER_HYPERPARAMETER_INVALID for a loss of two classes on three', async () => {
    const request = requestFor('xgboost', { objective: 'binary:logistic' });
    const target = { ...request.target, classCount: 3 };
    await expect(fitEstimator({ ...request, target })).rejects.toThrow('the target has 3');
  });

  it('stops early on rows that it holds out itself', async () => {
    const rounds = { num_iterations: 500, early_stopping_rounds: 5, learning_rate: 0.3 };
    const estimator = await fitEstimator(requestFor('lightgbm', rounds));
    if (estimator.kind !== 'tree_ensemble') throw new Error('no trees');
    expect(estimator.treeStarts.length - 1).toBeLessThan(200);
  });
});
