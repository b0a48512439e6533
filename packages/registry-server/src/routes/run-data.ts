import { LIMITS } from '@gnu-mlops/registry-client';
import { RequestTooLargeError } from '../errors.ts';
import { type Route, route } from '../route.ts';
import { list, required, text } from '../wire/field.ts';
import { message } from '../wire/message.ts';
import { metricFields, readMetric } from '../wire/read-metric.ts';
import { cutValue, readParams, readRunTags, tagList } from '../wire/tags.ts';

const MAX_BATCH_BYTES = 1_000_000;

const run = { run_id: required(text) };

/** Metrics, parameters and tags of runs. */
export const runDataRoutes: readonly Route[] = [
  route(
    { method: 'POST', path: '/mlflow/runs/log-metric', scope: 'write' },
    { ...run, ...metricFields },
    ({ registry }, { run_id: id, ...metric }) =>
      registry.logBatch(id, { metrics: [readMetric(metric)] }),
  ),
  route(
    { method: 'POST', path: '/mlflow/runs/log-parameter', scope: 'write' },
    { ...run, key: required(text), value: text },
    ({ registry }, { run_id: id, key, value = '' }) =>
      registry.logBatch(id, { params: { [key]: cutValue(value, LIMITS.paramValueLength) } }),
  ),
  route(
    { method: 'POST', path: '/mlflow/runs/set-tag', scope: 'write' },
    { ...run, key: required(text), value: text },
    ({ registry }, { run_id: id, key, value = '' }) =>
      registry.logBatch(id, { tags: readRunTags([{ key, value }]) }),
  ),
  route(
    { method: 'POST', path: '/mlflow/runs/delete-tag', scope: 'write' },
    { ...run, key: required(text) },
    ({ registry }, { run_id: id, key }) => registry.deleteRunTag(id, key),
  ),
  route(
    { method: 'POST', path: '/mlflow/runs/log-batch', scope: 'write' },
    { ...run, metrics: list(message(metricFields)), params: tagList, tags: tagList },
    async ({ registry }, { run_id: id, metrics = [], params, tags }, request) => {
      if (Number(request.headers['content-length']) > MAX_BATCH_BYTES) {
        throw new RequestTooLargeError('A batch', MAX_BATCH_BYTES);
      }
      await registry.logBatch(id, {
        metrics: metrics.map(readMetric),
        params: readParams(params),
        tags: readRunTags(tags),
      });
    },
  ),
];
