import type { MetricPoint } from '@gnu-mlops/registry-client';
import { real, required, text, whole } from './field.ts';
import type { Message } from './message.ts';

/** A value of a metric as the protocol writes it. */
export const metricFields = {
  key: required(text),
  value: required(real),
  timestamp: required(whole),
  step: whole,
  model_id: text,
  dataset_name: text,
  dataset_digest: text,
};

/** What names no model or data set may be sent as empty text. */
export function readMetric(sent: Message<typeof metricFields>): MetricPoint {
  const { key, value, timestamp, step = 0, model_id: modelId = '' } = sent;
  const { dataset_name: datasetName = '', dataset_digest: datasetDigest = '' } = sent;
  return {
    key,
    value,
    timestamp,
    step,
    ...(modelId === '' ? {} : { modelId }),
    ...(datasetName === '' ? {} : { datasetName }),
    ...(datasetDigest === '' ? {} : { datasetDigest }),
  };
}
