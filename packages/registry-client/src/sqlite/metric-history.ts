import type { MetricPoint, Page } from '../entities.ts';
import { formatPageToken, parsePageToken } from '../page-token.ts';
import { pageLimit } from '../page-limit.ts';
import type { PageRequest } from '../registry.ts';
import { type PointRow, toPoint } from './metric-rows.ts';
import { runRow } from './run-rows.ts';
import type { Store } from './store.ts';

/** A metric of a run. */
export interface MetricKey {
  readonly runId: string;
  readonly key: string;
}

/** Every value, by time and step; none when it was never logged. @throws {RunNotFoundError} */
export function getMetricHistory(store: Store, metric: MetricKey): MetricPoint[] {
  return readPoints(store, metric, { limit: -1, offset: 0 });
}

/** @throws {RunNotFoundError | PageTokenInvalidError | ValueInvalidError} */
export function getMetricPage(
  store: Store,
  metric: MetricKey,
  request: PageRequest,
): Page<MetricPoint> {
  const limit = pageLimit(request.maxResults, { usual: 25_000, most: 25_000 });
  const offset = parsePageToken(request.pageToken);
  const points = readPoints(store, metric, { limit: limit + 1, offset });
  return points.length <= limit
    ? { items: points }
    : { items: points.slice(0, limit), nextPageToken: formatPageToken(offset + limit) };
}

function readPoints(
  store: Store,
  { runId, key }: MetricKey,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): MetricPoint[] {
  const rows = store.db.read(() => {
    runRow(store, runId);
    return store.db.all<PointRow>(
      `SELECT key, value, timestamp, step FROM metric_points
       WHERE run_id = ? AND key = ? ORDER BY timestamp, step, value LIMIT ? OFFSET ?`,
      [runId, key, limit, offset],
    );
  });
  return rows.map(toPoint);
}
