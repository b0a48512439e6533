import { STAGES } from '@gnu-mlops/core';
import type {
  DatasetInput,
  Experiment,
  LedgerEntry,
  LoggedModel,
  MetricPoint,
  ModelVersion,
  RegisteredModel,
  Run,
} from '../entities.ts';
import type { JsonFields } from './json-fields.ts';

/** An experiment from its JSON. */
export function readExperiment(fields: JsonFields): Experiment {
  return {
    experimentId: fields.text('experimentId'),
    name: fields.text('name'),
    artifactLocation: fields.text('artifactLocation'),
    lifecycleStage: fields.oneOf('lifecycleStage', ['active', 'deleted']),
    tags: fields.tags('tags'),
    creationTime: fields.integer('creationTime'),
    lastUpdateTime: fields.integer('lastUpdateTime'),
  };
}

/** A run from its JSON. */
export function readRun(fields: JsonFields): Run {
  const latestMetrics = fields.list('latestMetrics').map(readPoint);
  return {
    runId: fields.text('runId'),
    runName: fields.text('runName'),
    experimentId: fields.text('experimentId'),
    status: fields.oneOf('status', ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED']),
    startTime: fields.integer('startTime'),
    ...given('endTime', fields.optionalInteger('endTime')),
    userId: fields.text('userId'),
    lifecycleStage: fields.oneOf('lifecycleStage', ['active', 'deleted']),
    artifactUri: fields.text('artifactUri'),
    metrics: Object.fromEntries(latestMetrics.map(({ key, value }) => [key, value])),
    latestMetrics,
    params: fields.tags('params'),
    tags: fields.tags('tags'),
    inputs: fields.list('inputs').map(readDataset),
    modelInputs: fields.texts('modelInputs'),
    modelOutputs: fields.list('modelOutputs').map((output) => ({
      modelId: output.text('modelId'),
      step: output.integer('step'),
    })),
  };
}

/** A value of a metric from its JSON. */
export function readPoint(fields: JsonFields): MetricPoint {
  return {
    key: fields.text('key'),
    value: fields.number('value'),
    timestamp: fields.integer('timestamp'),
    step: fields.integer('step'),
    ...given('modelId', fields.optionalText('modelId')),
    ...given('datasetName', fields.optionalText('datasetName')),
    ...given('datasetDigest', fields.optionalText('datasetDigest')),
  };
}

/** A logged model from its JSON. */
export function readLoggedModel(fields: JsonFields): LoggedModel {
  return {
    modelId: fields.text('modelId'),
    name: fields.text('name'),
    experimentId: fields.text('experimentId'),
    status: fields.oneOf('status', ['PENDING', 'READY', 'FAILED']),
    statusMessage: fields.text('statusMessage'),
    modelType: fields.text('modelType'),
    ...given('sourceRunId', fields.optionalText('sourceRunId')),
    userId: fields.text('userId'),
    artifactUri: fields.text('artifactUri'),
    creationTime: fields.integer('creationTime'),
    lastUpdatedTime: fields.integer('lastUpdatedTime'),
    params: fields.tags('params'),
    tags: fields.tags('tags'),
    metrics: fields
      .list('metrics')
      .map((metric) => ({ ...readPoint(metric), runId: metric.text('runId') })),
  };
}

/** A registered model from its JSON. */
export function readRegisteredModel(fields: JsonFields): RegisteredModel {
  return {
    name: fields.text('name'),
    description: fields.text('description'),
    creationTime: fields.integer('creationTime'),
    lastUpdatedTime: fields.integer('lastUpdatedTime'),
    tags: fields.tags('tags'),
    aliases: fields.tags('aliases'),
  };
}

/** A version from its JSON. */
export function readModelVersion(fields: JsonFields): ModelVersion {
  return {
    name: fields.text('name'),
    version: fields.text('version'),
    stage: fields.oneOf('stage', STAGES),
    mlflowStage: fields.oneOf('mlflowStage', ['None', 'Staging', 'Production', 'Archived']),
    description: fields.text('description'),
    source: fields.text('source'),
    ...given('runId', fields.optionalText('runId')),
    ...given('runLink', fields.optionalText('runLink')),
    ...given('modelId', fields.optionalText('modelId')),
    userId: fields.text('userId'),
    status: fields.oneOf('status', ['PENDING_REGISTRATION', 'FAILED_REGISTRATION', 'READY']),
    statusMessage: fields.text('statusMessage'),
    creationTime: fields.integer('creationTime'),
    lastUpdatedTime: fields.integer('lastUpdatedTime'),
    tags: fields.tags('tags'),
    aliases: fields.texts('aliases'),
  };
}

/** An entry of a ledger from its JSON. */
export function readLedgerEntry(fields: JsonFields): LedgerEntry {
  return {
    sequence: fields.integer('sequence'),
    modelName: fields.text('modelName'),
    version: fields.text('version'),
    fromStage: fields.oneOf('fromStage', STAGES),
    toStage: fields.oneOf('toStage', STAGES),
    displacedVersion: fields.optionalText('displacedVersion') ?? null,
    actor: fields.text('actor'),
    reason: fields.text('reason'),
    evidence: fields.text('evidence'),
    at: fields.integer('at'),
    previousHash: fields.text('previousHash'),
    hash: fields.text('hash'),
  };
}

function readDataset(fields: JsonFields): DatasetInput {
  return {
    name: fields.text('name'),
    digest: fields.text('digest'),
    sourceType: fields.text('sourceType'),
    source: fields.text('source'),
    ...given('schema', fields.optionalText('schema')),
    ...given('profile', fields.optionalText('profile')),
    ...given('context', fields.optionalText('context')),
    ...given('tags', fields.optionalTags('tags')),
  };
}

function given<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { readonly [Name in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [Name in Key]?: Value });
}
