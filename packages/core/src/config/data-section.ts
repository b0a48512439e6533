import { z } from 'zod';
import { SIGNATURE_TYPES } from '../signature.ts';
import { dataCheckSetting } from './data-check-setting.ts';

/** What is learned from. */
export const dataSection = z.strictObject({
  source: z
    .enum(['local', 's3', 'databricks'])
    .default('local')
    .describe(
      'Where rows come from: local (the file local_path), s3 (s3_uri), or databricks (table_name, query or volume_path).',
    ),
  local_path: z
    .string()
    .min(1)
    .exactOptional()
    .describe(
      'File to train on: CSV, JSON lines (both also packed with gzip), Parquet or Arrow; relative to the working directory.',
    ),
  s3_uri: z
    .string()
    .regex(/^s3a?:\/\/./, 's3://bucket/key or s3://bucket/prefix/')
    .exactOptional()
    .describe(
      'Object to train on when source is s3: s3://bucket/key; s3://bucket/prefix/ stands for all objects under it.',
    ),
  format: z
    .enum(['csv', 'jsonl', 'parquet', 'arrow'])
    .exactOptional()
    .describe('Format of the files; left out: by their endings.'),
  delimiter: z
    .string()
    .length(1)
    .exactOptional()
    .describe('What separates the cells of CSV; left out: found in the header.'),
  ragged_rows: z
    .enum(['error', 'skip'])
    .exactOptional()
    .describe(
      'Rows of CSV with more or fewer cells than the header: skip leaves them out and tells so; left out: an error.',
    ),
  column_types: z
    .record(z.string().min(1), z.enum(SIGNATURE_TYPES))
    .exactOptional()
    .describe('Types of some columns, instead of what their cells look like.'),
  query: z
    .string()
    .min(1)
    .exactOptional()
    .describe(
      'One SELECT whose rows are trained on: DuckDB over the named tables and over local_path or s3_uri, ' +
        'which it calls data, or Databricks when source is databricks.',
    ),
  tables: z
    .record(z.string().min(1), z.string().min(1))
    .exactOptional()
    .describe(
      'What the query may use, and nothing else: a name and a source each: a file, s3://bucket/key or prefix/, dbfs:/path, databricks:catalog.schema.table.',
    ),
  memory_limit_mb: z
    .int()
    .min(64)
    .max(1_000_000)
    .exactOptional()
    .describe('Megabytes that reading Parquet, or a query over files, may take; left out: 512.'),
  temporary_folder: z
    .string()
    .min(1)
    .exactOptional()
    .describe(
      'Folder for what a query over files cannot hold in memory, and for copies of Parquet that lies ' +
        "elsewhere; relative to the working directory; left out: the system's.",
    ),
  table_name: z
    .string()
    .min(1)
    .exactOptional()
    .describe('Table to train on when source is databricks: catalog.schema.table.'),
  volume_path: z
    .string()
    .regex(/^(\/Volumes\/|dbfs:\/)./, '/Volumes/catalog/schema/volume/path or dbfs:/path')
    .exactOptional()
    .describe(
      'File to train on when source is databricks: /Volumes/catalog/schema/volume/path or dbfs:/path; ending in a slash, all files of the folder.',
    ),
  fallback: z
    .enum(['local', 'sample'])
    .exactOptional()
    .describe(
      'What to train on where s3 or databricks is out of reach: local (local_path) or sample (made-up churn rows, never for production); left out: nothing.',
    ),
  features: z
    .array(z.string().min(1))
    .min(1)
    .exactOptional()
    .describe('Columns to learn from; left out: all but the target.'),
  target: z.string().min(1).exactOptional().describe('Column to predict. It is never guessed.'),
  checks: z
    .array(dataCheckSetting)
    .exactOptional()
    .describe(
      'What must hold of the data before anything is trained; `gnu-mlops data infer-checks` proposes some.',
    ),
});
