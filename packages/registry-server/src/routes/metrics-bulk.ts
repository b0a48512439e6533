import { RequestInvalidError } from '../errors.ts';
import { type Route, route } from '../route.ts';
import { list, text, whole } from '../wire/field.ts';
import { formatRunMetric } from '../wire/format-run.ts';

const MAX_RUNS = 100;
const MAX_POINTS = 25_000;

/** Histories of one metric in several runs at once, for charts. */
export const metricsBulkRoutes: readonly Route[] = [
  route(
    { method: 'GET', path: '/mlflow/metrics/get-history-bulk', scope: 'read' },
    { run_id: list(text), metric_key: text, max_results: whole },
    async ({ registry, signal }, { run_id: ids = [], metric_key: key = '', max_results }) => {
      checkRequest(ids, key);
      const maxResults = Math.min(Math.max(max_results ?? MAX_POINTS, 1), MAX_POINTS);
      const metrics: object[] = [];
      for (const id of ids.toSorted()) {
        const { items } = await registry.getMetricPage(id, key, { maxResults, signal });
        metrics.push(...items.map((point) => formatRunMetric(id, point)));
      }
      return { metrics: metrics.slice(0, maxResults) };
    },
  ),
];

function checkRequest(runIds: readonly string[], key: string): void {
  const request = 'GetMetricHistoryBulk request';
  if (runIds.length === 0) {
    throw new RequestInvalidError(`${request} must specify at least one run_id.`);
  }
  if (runIds.length > MAX_RUNS) {
    throw new RequestInvalidError(
      `${request} cannot specify more than ${MAX_RUNS} run_ids. Received ${runIds.length} run_ids.`,
    );
  }
  if (key === '') throw new RequestInvalidError(`${request} must specify a metric_key.`);
}
