import { z } from 'zod';

/** The steps that a configuration can name. */
export const STEP_KIND_NAMES = [
  'bin',
  'clip',
  'date_parts',
  'derive',
  'drop',
  'drop_correlated',
  'drop_low_variance',
  'frequency_encode',
  'group_rare',
  'hash_text',
  'impute',
  'keep_important',
  'log',
  'log1p',
  'min_max_scale',
  'missing_indicator',
  'one_hot',
  'ordinal_encode',
  'robust_scale',
  'select',
  'standard_scale',
  'target_encode',
  'tfidf',
  'yeo_johnson',
] as const;

/** What one step does, to which columns; its other settings are checked when the recipe is read. */
const step = z
  .looseObject({
    kind: z.enum(STEP_KIND_NAMES).describe('What the step does.'),
    columns: z
      .union([z.array(z.string()), z.record(z.string(), z.unknown())])
      .describe(
        'The columns that it does it to: names, or { kinds: [numeric], except: [age] }; of derive, ' +
          'formulas by the name of the new column.',
      ),
  })
  .describe('One step, such as { kind: impute, columns: [age], strategy: median }.');

/** What happens to raw columns before anything is learned. */
export const preprocessingSection = z.strictObject({
  steps: z
    .array(step)
    .exactOptional()
    .describe(
      'The steps of the recipe, in order, each with its own settings. Left out: a recipe that suits ' +
        'the algorithm: one-hot texts for all, filled and scaled numbers for linear ones.',
    ),
});
