import type { DatasetInput, MetricPoint, Run } from '@gnu-mlops/registry-client';
import { runLocation } from '../client-location.ts';
import { formatNumber } from './format-number.ts';
import { formatTags, nonEmpty } from './tags.ts';

/** The tag of an input that says what it was used for. */
export const DATASET_CONTEXT_TAG = 'mlflow.data.context';

/** A run with its metrics, parameters, tags, data sets and models, as the protocol writes it. */
export function formatRun(run: Run): object {
  return {
    info: formatRunInfo(run),
    data: {
      metrics: nonEmpty(run.latestMetrics.map(formatMetric)),
      params: formatTags(run.params),
      tags: formatTags(run.tags),
    },
    inputs: {
      dataset_inputs: nonEmpty(run.inputs.map(formatDatasetInput)),
      model_inputs: nonEmpty(run.modelInputs.map((modelId) => ({ model_id: modelId }))),
    },
    outputs: {
      model_outputs: nonEmpty(
        run.modelOutputs.map(({ modelId, step }) => ({ model_id: modelId, step })),
      ),
    },
  };
}

/** A run without what was logged to it. */
export function formatRunInfo(run: Run): object {
  return {
    run_id: run.runId,
    run_uuid: run.runId,
    run_name: run.runName,
    experiment_id: run.experimentId,
    user_id: run.userId,
    status: run.status,
    start_time: run.startTime,
    end_time: run.endTime,
    artifact_uri: runLocation(run),
    lifecycle_stage: run.lifecycleStage,
  };
}

/** One value of a metric. */
export function formatMetric(point: MetricPoint): object {
  return {
    key: point.key,
    value: formatNumber(point.value),
    timestamp: point.timestamp,
    step: point.step,
    model_id: point.modelId,
    dataset_name: point.datasetName,
    dataset_digest: point.datasetDigest,
  };
}

/** One value of a metric, and the run that it is of. */
export function formatRunMetric(runId: string, point: MetricPoint): object {
  const { key, value, timestamp, step } = point;
  return { key, value: formatNumber(value), timestamp, step, run_id: runId };
}

function formatDatasetInput(input: DatasetInput): object {
  const tags = {
    ...input.tags,
    ...(input.context === undefined ? {} : { [DATASET_CONTEXT_TAG]: input.context }),
  };
  return {
    tags: formatTags(tags),
    dataset: {
      name: input.name,
      digest: input.digest,
      source_type: input.sourceType,
      source: input.source,
      schema: input.schema,
      profile: input.profile,
    },
  };
}
