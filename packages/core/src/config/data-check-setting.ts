import { z } from 'zod';

/** The checks that a configuration can name. */
export const DATA_CHECK_NAMES = [
  'row_count',
  'kind',
  'range',
  'allowed_values',
  'null_share',
  'unique',
  'expression',
] as const;

/** One thing that must hold of the data; its other settings are checked when the checks are read. */
export const dataCheckSetting = z
  .looseObject({
    check: z.enum(DATA_CHECK_NAMES).describe('What is looked at.'),
    column: z.string().min(1).exactOptional().describe('Where; not of row_count and expression.'),
    severity: z
      .enum(['fail', 'warn'])
      .exactOptional()
      .describe('What it means when it does not hold: fail (the default) ends a training.'),
  })
  .describe('One check, such as { check: range, column: age, min: 0, max: 120, severity: warn }.');
