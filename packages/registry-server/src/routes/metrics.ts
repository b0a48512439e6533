import { type Route, route } from '../route.ts';
import { count, required, text } from '../wire/field.ts';
import { formatMetric } from '../wire/format-run.ts';
import { formatPage, readPage } from '../wire/page.ts';
import { nonEmpty } from '../wire/tags.ts';

const MAX_POINTS = 25_000;

/** Histories of metrics: whole, unless a page is asked for. */
export const metricRoutes: readonly Route[] = [
  route(
    { method: 'GET', path: '/mlflow/metrics/get-history', scope: 'read' },
    {
      run_id: required(text),
      metric_key: required(text),
      page_token: text,
      max_results: count(MAX_POINTS),
    },
    async ({ registry, signal }, { run_id: id, metric_key: key, ...sent }) => {
      const request = readPage(sent);
      if (Object.keys(request).length === 0) {
        const points = await registry.getMetricHistory(id, key, { signal });
        return { metrics: nonEmpty(points.map(formatMetric)) };
      }
      const page = await registry.getMetricPage(id, key, { ...request, signal });
      return formatPage('metrics', page, formatMetric);
    },
  ),
];
