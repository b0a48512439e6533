import type { JsonValue } from '@gnu-mlops/core';
import type { SearchSpace } from './search-space.ts';

/** Sets of algorithms that learn classes and numbers alike. */
const ensembles: readonly JsonValue[] = [
  ['random_forest', 'lightgbm'],
  ['random_forest', 'neural_network'],
  ['lightgbm', 'neural_network'],
  ['random_forest', 'lightgbm', 'xgboost'],
  ['random_forest', 'lightgbm', 'neural_network'],
].map((names) => names.map((algorithm) => ({ algorithm })));

const spaces: { readonly [algorithm: string]: SearchSpace } = {
  random_forest: {
    max_depth: { kind: 'int', low: 3, high: 20 },
    min_samples_leaf: { kind: 'int', low: 1, high: 50, scale: 'log' },
    min_samples_split: { kind: 'int', low: 2, high: 50, scale: 'log' },
    max_features: { kind: 'float', low: 0.05, high: 1 },
  },
  lightgbm: {
    learning_rate: { kind: 'float', low: 0.01, high: 0.3, scale: 'log' },
    num_leaves: { kind: 'int', low: 4, high: 128, scale: 'log' },
    min_data_in_leaf: { kind: 'int', low: 5, high: 100, scale: 'log' },
    feature_fraction: { kind: 'float', low: 0.4, high: 1 },
    lambda_l1: { kind: 'float', low: 1e-8, high: 10, scale: 'log' },
    lambda_l2: { kind: 'float', low: 1e-8, high: 10, scale: 'log' },
  },
  xgboost: {
    eta: { kind: 'float', low: 0.01, high: 0.3, scale: 'log' },
    max_depth: { kind: 'int', low: 2, high: 10 },
    min_child_weight: { kind: 'float', low: 0.1, high: 20, scale: 'log' },
    subsample: { kind: 'float', low: 0.5, high: 1 },
    colsample_bytree: { kind: 'float', low: 0.4, high: 1 },
    lambda: { kind: 'float', low: 1e-8, high: 10, scale: 'log' },
  },
  logistic_regression: { C: { kind: 'float', low: 1e-4, high: 100, scale: 'log' } },
  ridge: { alpha: { kind: 'float', low: 1e-4, high: 1e4, scale: 'log' } },
  neural_network: {
    hidden_layer_sizes: {
      kind: 'categorical',
      values: [[16], [32], [64], [100], [32, 16], [64, 32]],
    },
    activation: { kind: 'categorical', values: ['relu', 'tanh'] },
    alpha: { kind: 'float', low: 1e-6, high: 1, scale: 'log' },
    learning_rate_init: { kind: 'float', low: 1e-4, high: 0.03, scale: 'log' },
    batch_size: { kind: 'int', low: 16, high: 256, scale: 'log' },
  },
  voting: { estimators: { kind: 'categorical', values: ensembles } },
  stacking: {
    estimators: { kind: 'categorical', values: ensembles },
    cv: { kind: 'int', low: 3, high: 10 },
    passthrough: { kind: 'categorical', values: [false, true] },
  },
};

/** A space worth a search of some 50 trials; undefined for an algorithm that has none. */
export function defaultSearchSpace(algorithm: string): SearchSpace | undefined {
  return Object.hasOwn(spaces, algorithm) ? spaces[algorithm] : undefined;
}
