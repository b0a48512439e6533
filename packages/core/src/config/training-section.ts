import { z } from 'zod';

/** How rows are split and how chance is seeded. */
export const trainingSection = z.strictObject({
  test_size: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.2)
    .describe('Share of the rows held out for the final evaluation; never trained on.'),
  validation_size: z
    .number()
    .gte(0)
    .lt(1)
    .default(0)
    .describe(
      'Share of the training rows set aside for algorithms that stop early (lightgbm, xgboost), ' +
        'where 0 leaves it to them; 0 for all others, which are validated by cv_folds alone.',
    ),
  random_state: z
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .default(42)
    .describe('Seed of every random choice: same data and seed, same model.'),
  cv_folds: z
    .int()
    .min(2)
    .max(100)
    .default(5)
    .describe('Folds of the cross-validation within the training rows.'),
});
