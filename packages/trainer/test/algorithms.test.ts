import { describe, expect, it } from 'vitest';
import { algorithmNamed, algorithms } from '../src/algorithms.ts';
import { type ContractOptions, describeAlgorithmContract } from './algorithm-contract.ts';

const forest = { n_estimators: 5, bootstrap: false, max_features: 1 };

const contracts: Record<string, ContractOptions> = {
  random_forest: {
    hyperparameters: { n_estimators: 7, bootstrap: false, max_features: 1 },
    missingValues: 'learned',
  },
  lightgbm: {
    hyperparameters: { num_iterations: 20, min_data_in_leaf: 1, num_leaves: 7 },
    missingValues: 'learned',
  },
  xgboost: { hyperparameters: { n_estimators: 10, max_depth: 3 }, missingValues: 'learned' },
  logistic_regression: { hyperparameters: {}, missingValues: 'refused' },
  linear_regression: { hyperparameters: {}, missingValues: 'refused' },
  ridge: { hyperparameters: { alpha: 0.5 }, missingValues: 'refused' },
  neural_network: {
    hyperparameters: {
      hidden_layer_sizes: [4],
      learning_rate_init: 0.02,
      max_iter: 800,
      n_iter_no_change: 800,
    },
    missingValues: 'refused',
  },
  voting: {
    hyperparameters: {
      estimators: [
        { algorithm: 'random_forest', hyperparameters: forest, weight: 2 },
        { algorithm: 'xgboost', hyperparameters: { n_estimators: 5, max_depth: 3 } },
      ],
    },
    missingValues: 'learned',
  },
  stacking: {
    hyperparameters: {
      estimators: [
        { algorithm: 'random_forest', hyperparameters: forest },
        { algorithm: 'xgboost', hyperparameters: { n_estimators: 5, max_depth: 3 } },
      ],
      cv: 3,
    },
    missingValues: 'learned',
  },
};

for (const algorithm of algorithms) {
  describeAlgorithmContract(algorithm, contracts[algorithm.name]!);
}

describe('algorithmNamed', () => {
  it('finds every algorithm by its name', () => {
    expect(algorithms.map(({ name }) => algorithmNamed(name))).toEqual(algorithms);
    expect(algorithms.map(({ name }) => name)).toEqual(Object.keys(contracts));
  });

  it('throws TRAINER_UNKNOWN_ALGORITHM naming the nearest', () => {
    expect(() => algorithmNamed('random-forest')).toThrow(
      'There is no algorithm "random-forest". Did you mean "random_forest"? ' +
        'Known: random_forest, lightgbm, xgboost, logistic_regression, linear_regression, ridge, neural_network, voting, stacking.',
    );
  });
});
