import type { SearchSpace } from './search-space.ts';

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
};

/** A space worth a search of some 50 trials; undefined for an algorithm that has none. */
export function defaultSearchSpace(algorithm: string): SearchSpace | undefined {
  return Object.hasOwn(spaces, algorithm) ? spaces[algorithm] : undefined;
}
