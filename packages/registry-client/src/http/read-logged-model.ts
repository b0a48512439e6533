import type { LoggedModel, LoggedModelStatus } from '../entities.ts';
import { readMetricPoint } from './read-entities.ts';
import {
  type WireObject,
  readNumber,
  readObject,
  readObjects,
  readTags,
  readText,
} from './wire-values.ts';

/** A logged model as a server sends it. */
export function readLoggedModel(wire: WireObject): LoggedModel {
  const info = readObject(wire, 'info');
  const data = readObject(wire, 'data');
  const tags = readTags(info, 'tags');
  const sourceRunId = readText(info, 'source_run_id');
  return {
    modelId: readText(info, 'model_id'),
    name: readText(info, 'name'),
    experimentId: readText(info, 'experiment_id'),
    status: readStatus(readText(info, 'status')),
    statusMessage: readText(info, 'status_message'),
    modelType: readText(info, 'model_type'),
    ...(sourceRunId === '' ? {} : { sourceRunId }),
    userId: readText(info, 'creator_id') || (tags['mlflow.user'] ?? ''),
    artifactUri: readText(info, 'artifact_uri'),
    creationTime: readNumber(info, 'creation_timestamp_ms'),
    lastUpdatedTime: readNumber(info, 'last_updated_timestamp_ms'),
    params: readTags(data, 'params'),
    tags,
    metrics: readObjects(data, 'metrics').map((metric) => ({
      ...readMetricPoint(metric),
      runId: readText(metric, 'run_id'),
    })),
  };
}

/** By name, or by number as older servers send it. */
function readStatus(name: string): LoggedModelStatus {
  if (name === 'LOGGED_MODEL_READY' || name === '2') return 'READY';
  if (name === 'LOGGED_MODEL_UPLOAD_FAILED' || name === '3') return 'FAILED';
  return 'PENDING';
}
