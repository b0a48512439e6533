import { type Stage, STAGES } from '@gnu-mlops/core';
import type {
  DatasetInput,
  Experiment,
  LifecycleStage,
  MetricPoint,
  MlflowStage,
  ModelVersion,
  ModelVersionStatus,
  RegisteredModel,
  Run,
  RunStatus,
} from '../entities.ts';
import { STAGE_TAG } from '../stage-aliases.ts';
import { parseLoggedModelUri } from './logged-model-uri.ts';
import {
  type WireObject,
  readNumber,
  readObject,
  readObjects,
  readTags,
  readText,
} from './wire-values.ts';

export function readExperiment(wire: WireObject): Experiment {
  return {
    experimentId: readText(wire, 'experiment_id'),
    name: readText(wire, 'name'),
    artifactLocation: readText(wire, 'artifact_location'),
    lifecycleStage: readLifecycle(wire),
    tags: readTags(wire, 'tags'),
    creationTime: readNumber(wire, 'creation_time'),
    lastUpdateTime: readNumber(wire, 'last_update_time'),
  };
}

export function readRun(wire: WireObject): Run {
  const info = readObject(wire, 'info');
  const data = readObject(wire, 'data');
  const tags = readTags(data, 'tags');
  const endTime = readNumber(info, 'end_time');
  const runId = readText(info, 'run_id') || readText(info, 'run_uuid');
  const inputs = readObject(wire, 'inputs');
  const latestMetrics = readObjects(data, 'metrics')
    .map(readMetricPoint)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  return {
    runId,
    runName: readText(info, 'run_name') || (tags['mlflow.runName'] ?? runId),
    experimentId: readText(info, 'experiment_id'),
    status: (readText(info, 'status') || 'RUNNING') as RunStatus,
    startTime: readNumber(info, 'start_time'),
    ...(endTime === 0 ? {} : { endTime }),
    userId: readText(info, 'user_id') || (tags['mlflow.user'] ?? ''),
    lifecycleStage: readLifecycle(info),
    artifactUri: readText(info, 'artifact_uri'),
    metrics: Object.fromEntries(latestMetrics.map(({ key, value }) => [key, value])),
    latestMetrics,
    params: readTags(data, 'params'),
    tags,
    inputs: readObjects(inputs, 'dataset_inputs').map(readInput),
    modelInputs: readObjects(inputs, 'model_inputs').map((model) => readText(model, 'model_id')),
    modelOutputs: readObjects(readObject(wire, 'outputs'), 'model_outputs').map((model) => ({
      modelId: readText(model, 'model_id'),
      step: readNumber(model, 'step'),
    })),
  };
}

/** One value of a metric. */
export function readMetricPoint(wire: WireObject): MetricPoint {
  const optional = {
    modelId: readText(wire, 'model_id'),
    datasetName: readText(wire, 'dataset_name'),
    datasetDigest: readText(wire, 'dataset_digest'),
  };
  return {
    key: readText(wire, 'key'),
    value: readMetricValue(wire),
    timestamp: readNumber(wire, 'timestamp'),
    step: readNumber(wire, 'step'),
    ...withoutEmpty(optional),
  };
}

/** MLflow's databases keep an infinity as the largest number that there is. */
function readMetricValue(wire: WireObject): number {
  const value = readNumber(wire, 'value');
  return Math.abs(value) === Number.MAX_VALUE ? value * 2 : value;
}

export function readModel(wire: WireObject): RegisteredModel {
  return {
    name: readText(wire, 'name'),
    description: readText(wire, 'description'),
    creationTime: readNumber(wire, 'creation_timestamp'),
    lastUpdatedTime: readNumber(wire, 'last_updated_timestamp'),
    tags: readTags(wire, 'tags'),
    aliases: Object.fromEntries(
      readObjects(wire, 'aliases')
        .map((alias) => [readText(alias, 'alias'), readText(alias, 'version')] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
}

export function readVersion(wire: WireObject): ModelVersion {
  const tags = readTags(wire, 'tags');
  const optional = {
    runId: readText(wire, 'run_id'),
    runLink: readText(wire, 'run_link'),
    // Servers keep the source, and forget the rest.
    modelId: readText(wire, 'model_id') || (parseLoggedModelUri(readText(wire, 'source')) ?? ''),
  };
  const { aliases } = wire;
  return {
    name: readText(wire, 'name'),
    version: readText(wire, 'version'),
    stage: readStage(tags[STAGE_TAG], readText(wire, 'current_stage')),
    mlflowStage: (readText(wire, 'current_stage') || 'None') as MlflowStage,
    description: readText(wire, 'description'),
    source: readText(wire, 'source'),
    ...withoutEmpty(optional),
    userId: readText(wire, 'user_id'),
    status: (readText(wire, 'status') || 'READY') as ModelVersionStatus,
    statusMessage: readText(wire, 'status_message'),
    creationTime: readNumber(wire, 'creation_timestamp'),
    lastUpdatedTime: readNumber(wire, 'last_updated_timestamp'),
    tags,
    aliases: Array.isArray(aliases) ? aliases.map(String).sort() : [],
  };
}

/** Our tag says the stage; where a version has none, MLflow's own stage does. */
export function readStage(tag: string | undefined, serverStage = 'None'): Stage {
  const tagged = STAGES.find((stage) => stage === tag);
  if (tagged !== undefined) return tagged;
  if (serverStage === 'Production') return 'GNU_Production';
  return STAGES.find((stage) => stage === serverStage) ?? 'None';
}

function readInput(wire: WireObject): DatasetInput {
  const dataset = readObject(wire, 'dataset');
  const { 'mlflow.data.context': context = '', ...tags } = readTags(wire, 'tags');
  const optional = {
    schema: readText(dataset, 'schema'),
    profile: readText(dataset, 'profile'),
    context,
  };
  return {
    name: readText(dataset, 'name'),
    digest: readText(dataset, 'digest'),
    sourceType: readText(dataset, 'source_type'),
    source: readText(dataset, 'source'),
    ...withoutEmpty(optional),
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
  };
}

/** The fields that are not empty, as servers leave out what is. */
function withoutEmpty<Field extends string>(
  fields: Readonly<Record<Field, string>>,
): Partial<Readonly<Record<Field, string>>> {
  const kept = Object.entries(fields).filter(([, value]) => value !== '');
  return Object.fromEntries(kept) as Partial<Readonly<Record<Field, string>>>;
}

function readLifecycle(wire: WireObject): LifecycleStage {
  return readText(wire, 'lifecycle_stage') === 'deleted' ? 'deleted' : 'active';
}
