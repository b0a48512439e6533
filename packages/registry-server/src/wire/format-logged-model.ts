import type { LoggedModel, LoggedModelStatus } from '@gnu-mlops/registry-client';
import { modelLocation } from '../client-location.ts';
import { formatMetric } from './format-run.ts';
import { formatTags, nonEmpty } from './tags.ts';

const statusNames: Readonly<Record<LoggedModelStatus, string>> = {
  PENDING: 'LOGGED_MODEL_PENDING',
  READY: 'LOGGED_MODEL_READY',
  FAILED: 'LOGGED_MODEL_UPLOAD_FAILED',
};

/** A logged model as the protocol writes it. */
export function formatLoggedModel(model: LoggedModel): object {
  return {
    info: {
      model_id: model.modelId,
      experiment_id: model.experimentId,
      name: model.name,
      creation_timestamp_ms: model.creationTime,
      last_updated_timestamp_ms: model.lastUpdatedTime,
      artifact_uri: modelLocation(model),
      status: statusNames[model.status],
      status_message: model.statusMessage === '' ? undefined : model.statusMessage,
      model_type: model.modelType,
      source_run_id: model.sourceRunId,
      tags: formatTags(model.tags),
    },
    data: {
      params: formatTags(model.params),
      metrics: nonEmpty(
        model.metrics.map((metric) => ({
          ...formatMetric(metric),
          model_id: model.modelId,
          run_id: metric.runId,
        })),
      ),
    },
  };
}
