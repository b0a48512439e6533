import type {
  Experiment,
  LoggedModel,
  MetricPoint,
  ModelVersion,
  RegisteredModel,
  Run,
} from '../../../src/entities.ts';
import { listOf } from './double-route.ts';

/** As the service sends an experiment. */
export function wireExperiment(experiment: Experiment): object {
  return {
    experiment_id: experiment.experimentId,
    name: experiment.name,
    artifact_location: experiment.artifactLocation,
    lifecycle_stage: experiment.lifecycleStage,
    creation_time: experiment.creationTime,
    last_update_time: experiment.lastUpdateTime,
    tags: listOf(experiment.tags),
  };
}

/** As the service sends a run; `artifact_uri` is where a workspace keeps its artifacts. */
export function wireRun(run: Run): object {
  return {
    info: {
      run_id: run.runId,
      run_uuid: run.runId,
      run_name: run.runName,
      experiment_id: run.experimentId,
      user_id: run.userId,
      status: run.status,
      start_time: run.startTime,
      ...(run.endTime === undefined ? {} : { end_time: run.endTime }),
      artifact_uri: `dbfs:/databricks/mlflow-tracking/${run.experimentId}/${run.runId}/artifacts`,
      lifecycle_stage: run.lifecycleStage,
    },
    data: {
      metrics: run.latestMetrics.map(wireMetric),
      params: listOf(run.params),
      tags: listOf(run.tags),
    },
    inputs: {
      dataset_inputs: run.inputs.map(({ name, digest, sourceType, source, ...input }) => ({
        dataset: {
          name,
          digest,
          source_type: sourceType,
          source,
          schema: input.schema,
          profile: input.profile,
        },
        tags: listOf({
          ...input.tags,
          ...(input.context === undefined ? {} : { 'mlflow.data.context': input.context }),
        }),
      })),
      model_inputs: run.modelInputs.map((model_id) => ({ model_id })),
    },
    outputs: {
      model_outputs: run.modelOutputs.map(({ modelId, step }) => ({ model_id: modelId, step })),
    },
  };
}

/** As the service sends a value of a metric: what is no number, by name. */
export function wireMetric(point: MetricPoint): object {
  const { key, value, timestamp, step, modelId, datasetName, datasetDigest } = point;
  return {
    key,
    value: Number.isFinite(value) ? value : String(value),
    timestamp,
    step,
    ...(modelId === undefined ? {} : { model_id: modelId }),
    ...(datasetName === undefined ? {} : { dataset_name: datasetName }),
    ...(datasetDigest === undefined ? {} : { dataset_digest: datasetDigest }),
  };
}

/** A value of a metric as it was sent. */
export function readMetric(wire: { readonly [field: string]: unknown }): MetricPoint {
  const text = (field: string) => (wire[field] === undefined ? undefined : String(wire[field]));
  const optional = {
    modelId: text('model_id'),
    datasetName: text('dataset_name'),
    datasetDigest: text('dataset_digest'),
  };
  return {
    key: String(wire['key']),
    value: Number(wire['value']),
    timestamp: Number(wire['timestamp']),
    step: Number(wire['step'] ?? 0),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}

/** As the service sends a logged model. */
export function wireLoggedModel(model: LoggedModel): object {
  const status = { PENDING: 'PENDING', READY: 'READY', FAILED: 'UPLOAD_FAILED' }[model.status];
  return {
    info: {
      model_id: model.modelId,
      experiment_id: model.experimentId,
      name: model.name,
      creation_timestamp_ms: model.creationTime,
      last_updated_timestamp_ms: model.lastUpdatedTime,
      artifact_uri: `dbfs:/databricks/mlflow-tracking/${model.experimentId}/logged_models/${model.modelId}/artifacts`,
      status: `LOGGED_MODEL_${status}`,
      model_type: model.modelType,
      ...(model.sourceRunId === undefined ? {} : { source_run_id: model.sourceRunId }),
      status_message: model.statusMessage,
      tags: listOf(model.tags),
    },
    data: {
      params: listOf(model.params),
      metrics: model.metrics.map((point) => ({ ...wireMetric(point), run_id: point.runId })),
    },
  };
}

/** As a workspace sends a registered model: without aliases. */
export function wireModel(model: RegisteredModel): object {
  return {
    name: model.name,
    creation_timestamp: model.creationTime,
    last_updated_timestamp: model.lastUpdatedTime,
    description: model.description,
    tags: listOf(model.tags),
  };
}

/** As a workspace sends a version: without aliases. */
export function wireVersion(version: ModelVersion): object {
  return {
    name: version.name,
    version: version.version,
    creation_timestamp: version.creationTime,
    last_updated_timestamp: version.lastUpdatedTime,
    user_id: version.userId,
    current_stage: version.mlflowStage,
    description: version.description,
    source: version.source,
    run_id: version.runId ?? '',
    run_link: version.runLink ?? '',
    status: version.status,
    status_message: version.statusMessage,
    tags: listOf(version.tags),
    ...(version.modelId === undefined ? {} : { model_id: version.modelId }),
  };
}
