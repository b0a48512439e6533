import { z } from 'zod';
import { hyperparameterValue } from './hyperparameter-value.ts';

/** The values that one hyperparameter may take; what fits together is checked by the search. */
const dimension = z.strictObject({
  kind: z
    .enum(['float', 'int', 'categorical'])
    .describe('A number, a whole number, or one of some values.'),
  low: z.number().exactOptional().describe('The least number.'),
  high: z.number().exactOptional().describe('The greatest number.'),
  scale: z
    .enum(['linear', 'log'])
    .exactOptional()
    .describe('Whether numbers are drawn evenly, or evenly in their logarithm; default linear.'),
  step: z.int().min(1).exactOptional().describe('From one whole number to the next; default 1.'),
  values: z
    .array(hyperparameterValue)
    .min(1)
    .exactOptional()
    .describe('The values of a categorical one.'),
});

/** How hyperparameters are searched. */
export const tuningSection = z.strictObject({
  sampler: z
    .enum(['tpe', 'random', 'grid'])
    .default('tpe')
    .describe(
      'How the next trial is chosen: tpe (more of what did well), random, or grid (every ' +
        'combination).',
    ),
  trials: z
    .int()
    .min(1)
    .max(100_000)
    .default(50)
    .describe('How many sets of hyperparameters are tried; a grid ends when it is exhausted.'),
  metric: z
    .string()
    .min(1)
    .exactOptional()
    .describe(
      'What is compared, as the mean over cv_folds within the training rows. Left out: roc_auc ' +
        'for classes, rmse for numbers.',
    ),
  pruner: z
    .enum(['median', 'none'])
    .default('median')
    .describe('Whether a trial that does worse than half of the others is ended early.'),
  concurrency: z
    .int()
    .min(1)
    .max(256)
    .default(1)
    .describe(
      'Trials at a time. Each knows less of the others then; the same number gives the same search.',
    ),
  space: z
    .record(z.string(), dimension)
    .default({})
    .describe(
      'The values to try of each hyperparameter of model.algorithm. Left empty: a space that ' +
        'suits the algorithm.',
    ),
});
