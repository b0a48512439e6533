import { z } from 'zod';
import { notificationEmail } from './notification-email.ts';
import { servingStage } from './serving-stage.ts';

/** How waiting files are scored. Paths are relative to the working directory. */
export const batchInferenceSection = z.strictObject({
  input_path: z
    .string()
    .min(1)
    .default('batch/input')
    .describe('Folder of the files that wait to be scored.'),
  output_path: z
    .string()
    .min(1)
    .default('batch/output')
    .describe('Folder that scored files are written to.'),
  archive_path: z
    .string()
    .min(1)
    .default('batch/archive')
    .describe('Folder that scored inputs are moved to.'),
  ledger_path: z
    .string()
    .min(1)
    .default('batch_ledger.db')
    .describe('Database that remembers which files have been scored.'),
  model_stage: servingStage.describe('Stage whose version scores the files.'),
  batch_size: z
    .int()
    .min(1)
    .max(10_000_000)
    .default(10_000)
    .describe('Rows that are scored at a time; bounds the memory.'),
  decimals: z
    .int()
    .min(0)
    .max(15)
    .exactOptional()
    .describe('Digits behind the point of added numbers; left out: as many as they need.'),
  n_jobs: z
    .int()
    .min(-1)
    .refine((count) => count !== 0, '-1 or a whole number of at least 1')
    .default(-1)
    .describe(
      'Threads that score a long file: a number, or -1 for one a processor, at most 4. Each needs ' +
        'memory of its own; it does not change what is written.',
    ),
  memory_limit_mb: z
    .int()
    .min(64)
    .max(1_000_000)
    .exactOptional()
    .describe('Megabytes that reading a Parquet file may take; left out: 512.'),
  archive_input: z
    .boolean()
    .default(true)
    .describe('Whether an input is moved to archive_path once it is scored.'),
  notification_email: notificationEmail.describe('Who is told of a finished batch.'),
});
