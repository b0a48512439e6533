import { type Stage, STAGES } from '@gnu-mlops/core';
import type {
  DatasetInput,
  Experiment,
  LifecycleStage,
  ModelVersion,
  RegisteredModel,
  Run,
  RunStatus,
} from '../entities.ts';
import { STAGE_TAG } from '../stage-aliases.ts';
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
  };
}

export function readRun(wire: WireObject): Run {
  const info = readObject(wire, 'info');
  const data = readObject(wire, 'data');
  const tags = readTags(data, 'tags');
  const endTime = readNumber(info, 'end_time');
  const runId = readText(info, 'run_id') || readText(info, 'run_uuid');
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
    metrics: Object.fromEntries(
      readObjects(data, 'metrics').map((metric) => [
        readText(metric, 'key'),
        readNumber(metric, 'value'),
      ]),
    ),
    params: readTags(data, 'params'),
    tags,
    inputs: readObjects(readObject(wire, 'inputs'), 'dataset_inputs').map(readInput),
  };
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
  const runId = readText(wire, 'run_id');
  const { aliases } = wire;
  return {
    name: readText(wire, 'name'),
    version: readText(wire, 'version'),
    stage: readStage(tags[STAGE_TAG], readText(wire, 'current_stage')),
    description: readText(wire, 'description'),
    source: readText(wire, 'source'),
    ...(runId === '' ? {} : { runId }),
    creationTime: readNumber(wire, 'creation_timestamp'),
    lastUpdatedTime: readNumber(wire, 'last_updated_timestamp'),
    tags,
    aliases: Array.isArray(aliases) ? aliases.map(String).sort() : [],
  };
}

/** Our tag says the stage; where a version has none, MLflow's own stage does. */
function readStage(tag: string | undefined, serverStage: string): Stage {
  const tagged = STAGES.find((stage) => stage === tag);
  if (tagged !== undefined) return tagged;
  if (serverStage === 'Production') return 'GNU_Production';
  return STAGES.find((stage) => stage === serverStage) ?? 'None';
}

function readInput(wire: WireObject): DatasetInput {
  const dataset = readObject(wire, 'dataset');
  const optional = {
    schema: readText(dataset, 'schema'),
    profile: readText(dataset, 'profile'),
    context: readTags(wire, 'tags')['mlflow.data.context'] ?? '',
  };
  return {
    name: readText(dataset, 'name'),
    digest: readText(dataset, 'digest'),
    sourceType: readText(dataset, 'source_type'),
    source: readText(dataset, 'source'),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== '')),
  };
}

function readLifecycle(wire: WireObject): LifecycleStage {
  return readText(wire, 'lifecycle_stage') === 'deleted' ? 'deleted' : 'active';
}
