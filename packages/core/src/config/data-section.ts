import { z } from 'zod';

/** What is learned from. */
export const dataSection = z.strictObject({
  source: z
    .enum(['local', 'databricks'])
    .default('local')
    .describe('Where rows come from: local (the file local_path) or databricks (table_name).'),
  local_path: z
    .string()
    .min(1)
    .exactOptional()
    .describe('CSV file to train on; relative to the working directory.'),
  table_name: z
    .string()
    .min(1)
    .exactOptional()
    .describe('Table to train on when source is databricks: catalog.schema.table.'),
  features: z
    .array(z.string().min(1))
    .min(1)
    .exactOptional()
    .describe('Columns to learn from; left out: all but the target.'),
  target: z.string().min(1).exactOptional().describe('Column to predict. It is never guessed.'),
});
