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
      'Share of the training rows set aside for algorithms that stop early (lightgbm, xgboost, ' +
        'neural_network), where 0 leaves it to them; 0 for all others, which are validated by cv_folds alone.',
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
  n_jobs: z
    .int()
    .min(-1)
    .refine((count) => count !== 0, '-1 or a whole number of at least 1')
    .default(-1)
    .describe(
      'Threads that a fit or a cross-validation may use: a number, or -1 for all of the machine where ' +
        'the work repays them. It does not change the model.',
    ),
  group_column: z
    .string()
    .min(1)
    .exactOptional()
    .describe(
      'Column of local_path that says whose rows belong together, such as one customer: they stay on ' +
        'one side of every split. It is no feature unless data.features names it.',
    ),
  time_column: z
    .string()
    .min(1)
    .exactOptional()
    .describe(
      'Column of local_path that says when a row happened, a timestamp or a number: the latest rows ' +
        'are held out, and every fold is tested on later rows than it is trained on. It is no feature ' +
        'unless data.features names it. Not with group_column.',
    ),
  positive_class: z
    .string()
    .min(1)
    .exactOptional()
    .describe(
      'Which of two classes precision, recall, F1 and threshold are about. Left out: the second.',
    ),
  calibration: z
    .enum(['none', 'sigmoid', 'isotonic'])
    .default('none')
    .describe(
      'How the probabilities of classes are corrected so that they come true: sigmoid (Platt; for few ' +
        'rows) or isotonic (from some 1,000 on). Fitted on the cross-validation, not on held-out rows.',
    ),
  threshold: z
    .union([z.number().min(0).max(1), z.enum(['f1', 'accuracy', 'youden', 'cost'])])
    .exactOptional()
    .describe(
      'From which probability on a row is of the positive class: a number, or what it shall be best ' +
        'at on the cross-validation: f1, accuracy, youden or cost. Left out: the more probable class.',
    ),
  threshold_costs: z
    .strictObject({
      false_positive: z
        .number()
        .min(0)
        .describe('What a negative row costs that is called positive, in any unit.'),
      false_negative: z
        .number()
        .min(0)
        .describe('What a positive row costs that is called negative, in the same unit.'),
    })
    .exactOptional()
    .describe('What wrong decisions cost, where threshold is cost.'),
});
