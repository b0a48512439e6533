import { z } from 'zod';

/** The algorithms that a configuration can name. */
export const ALGORITHM_NAMES = [
  'random_forest',
  'lightgbm',
  'xgboost',
  'logistic_regression',
  'linear_regression',
  'ridge',
] as const;

const scalar = z.union([z.number(), z.string(), z.boolean(), z.null()]);

/** What is trained. */
export const modelSection = z.strictObject({
  algorithm: z
    .enum(ALGORITHM_NAMES)
    .default('random_forest')
    .describe(
      'Learning algorithm: random_forest, lightgbm or xgboost (classes or numbers), ' +
        'logistic_regression (classes), linear_regression or ridge (numbers).',
    ),
  hyperparameters: z
    .record(z.string(), z.union([scalar, z.array(scalar)]))
    .default({})
    .describe(
      "The algorithm's settings under its own library's names: n_estimators, max_depth, " +
        'min_samples_leaf, max_features, class_weight; num_leaves, learning_rate; eta; C; alpha. ' +
        'Left out: its defaults.',
    ),
});
