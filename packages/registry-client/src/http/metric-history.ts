import type { CallOptions } from '../call-options.ts';
import type { MetricPoint, Page } from '../entities.ts';
import { ValueInvalidError } from '../value-errors.ts';
import type { PageRequest } from '../registry.ts';
import { readMetricPoint } from './read-entities.ts';
import { type Remote, get, orFail } from './remote.ts';
import { getRun, refusedWrite } from './runs.ts';
import { readPage } from './search-remote.ts';

const LARGEST_PAGE = 25_000;

/** A metric of a run. */
export interface MetricOfRun {
  readonly runId: string;
  readonly key: string;
}

/** Every value of a metric, by time and step; none when it was never logged. @throws {RunNotFoundError} */
export async function getMetricHistory(
  remote: Remote,
  metric: MetricOfRun,
  options: CallOptions,
): Promise<MetricPoint[]> {
  const points: MetricPoint[] = [];
  let request: PageRequest = {};
  for (;;) {
    const page = await getMetricPage(remote, metric, { ...request, ...options });
    // One by one: an old server sends a whole history as one page, too many to be arguments.
    for (const point of page.items) points.push(point);
    if (page.nextPageToken === undefined) break;
    request = { pageToken: page.nextPageToken };
  }
  return points.sort((a, b) => a.timestamp - b.timestamp || a.step - b.step || a.value - b.value);
}

/** One page of them, in the server's order. @throws {RunNotFoundError | PageTokenInvalidError} */
export async function getMetricPage(
  remote: Remote,
  { runId, key }: MetricOfRun,
  { maxResults = LARGEST_PAGE, pageToken, signal }: PageRequest & CallOptions,
): Promise<Page<MetricPoint>> {
  if (!Number.isSafeInteger(maxResults) || maxResults < 1 || maxResults > LARGEST_PAGE) {
    throw new ValueInvalidError(
      'max_results',
      `must be a whole number from 1 to ${LARGEST_PAGE}, not ${maxResults}.`,
    );
  }
  const query = {
    run_id: runId,
    metric_key: key,
    max_results: String(maxResults),
    page_token: pageToken,
  };
  const asked = readPage(get(remote, 'metrics/get-history', query, signal), 'metrics', (wire) => ({
    ...readMetricPoint(wire),
    key,
  }));
  const page = await orFail(asked, (refusal) => refusedWrite(remote, runId, refusal));
  // A server answers for a run that is not there as for a metric that is not.
  if (page.items.length === 0 && pageToken === undefined) await getRun(remote, runId);
  return page;
}
