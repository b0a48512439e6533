import { z } from 'zod';
import { hyperparameterValue } from './hyperparameter-value.ts';

/** The algorithms that a configuration can name. */
export const ALGORITHM_NAMES = [
  'random_forest',
  'lightgbm',
  'xgboost',
  'logistic_regression',
  'linear_regression',
  'ridge',
  'neural_network',
  'voting',
  'stacking',
] as const;

/** What is trained. */
export const modelSection = z.strictObject({
  algorithm: z
    .enum(ALGORITHM_NAMES)
    .default('random_forest')
    .describe(
      'Learning algorithm: random_forest, lightgbm or xgboost (classes or numbers), ' +
        'logistic_regression (classes), linear_regression or ridge (numbers), neural_network, or ' +
        'several of them by voting or stacking (classes or numbers).',
    ),
  hyperparameters: z
    .record(z.string(), hyperparameterValue)
    .default({})
    .describe(
      "The algorithm's settings under its own library's names: n_estimators, max_depth, " +
        'min_samples_leaf, max_features, class_weight; num_leaves, learning_rate; eta; C; alpha; ' +
        'hidden_layer_sizes. Of an ensemble: estimators, a list of { algorithm, hyperparameters, ' +
        'weight }; final_estimator, cv. Left out: its defaults.',
    ),
});
