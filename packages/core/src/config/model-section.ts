import { z } from 'zod';

/** The algorithms that a configuration can name. */
export const ALGORITHM_NAMES = [
  'random_forest',
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
      'Learning algorithm: random_forest (classes or numbers), logistic_regression (classes), ' +
        'linear_regression or ridge (numbers).',
    ),
  hyperparameters: z
    .record(z.string(), z.union([scalar, z.array(scalar)]))
    .default({})
    .describe(
      "The algorithm's settings under scikit-learn's names, such as n_estimators, max_depth, " +
        'min_samples_leaf, max_features, class_weight; C, max_iter; alpha. Left out: its defaults.',
    ),
});
