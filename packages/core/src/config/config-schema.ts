import { z } from 'zod';
import { batchInferenceSection } from './batch-inference-section.ts';
import { dataSection } from './data-section.ts';
import { databricksSection } from './databricks-section.ts';
import { deploymentSection } from './deployment-section.ts';
import { mlflowSection } from './mlflow-section.ts';
import { modelSection } from './model-section.ts';
import { monitoringSection } from './monitoring-section.ts';
import { preprocessingSection } from './preprocessing-section.ts';
import { retrainingSection } from './retraining-section.ts';
import { trainingSection } from './training-section.ts';
import { s3Section } from './s3-section.ts';
import { serverSection } from './server-section.ts';
import { tuningSection } from './tuning-section.ts';

/** Every setting with its default and description; an empty configuration is a valid one. */
export const configSchema = z.strictObject({
  databricks: databricksSection
    .prefault({})
    .describe('The Databricks workspace; only where Databricks is used.'),
  s3: s3Section.prefault({}).describe('The S3 server; only where S3 is used.'),
  mlflow: mlflowSection.prefault({}).describe('Where runs and models are kept.'),
  model: modelSection.prefault({}).describe('What is trained.'),
  preprocessing: preprocessingSection
    .prefault({})
    .describe('What happens to raw columns before anything is learned.'),
  training: trainingSection.prefault({}).describe('How rows are split and chance is seeded.'),
  tuning: tuningSection.prefault({}).describe('How hyperparameters are searched.'),
  data: dataSection.prefault({}).describe('What is learned from.'),
  deployment: deploymentSection
    .prefault({})
    .describe('What a version must measure to enter a stage, and how it is served.'),
  monitoring: monitoringSection.prefault({}).describe('When a change in the data is reported.'),
  retraining: retrainingSection.prefault({}).describe('When a model is trained anew.'),
  batch_inference: batchInferenceSection.prefault({}).describe('How waiting files are scored.'),
  server: serverSection.prefault({}).describe('How a registry is served to others.'),
});

/** A whole configuration, every default filled in; keys as in the YAML file. */
export type Config = z.output<typeof configSchema>;
