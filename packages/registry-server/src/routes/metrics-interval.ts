import type { MetricPoint } from '@gnu-mlops/registry-client';
import { RequestInvalidError } from '../errors.ts';
import { type Route, route } from '../route.ts';
import { sampleSteps } from '../sample-steps.ts';
import { list, required, text, whole } from '../wire/field.ts';
import { formatRunMetric } from '../wire/format-run.ts';
import { nonEmpty } from '../wire/tags.ts';

const MAX_RUNS = 100;
const MAX_POINTS_PER_RUN = 2500;

interface Interval {
  readonly start_step?: number;
  readonly end_step?: number;
}

/** Histories of one metric in several runs, thinned out to the same steps in all. */
export const metricsIntervalRoutes: readonly Route[] = [
  route(
    { method: 'GET', path: '/mlflow/metrics/get-history-bulk-interval', scope: 'read' },
    {
      run_ids: required(list(text)),
      metric_key: required(text),
      start_step: whole,
      end_step: whole,
      max_results: whole,
    },
    async ({ registry, signal }, { run_ids: ids, metric_key: key, ...sent }) => {
      const { max_results: most = MAX_POINTS_PER_RUN } = sent;
      checkSizes(ids, most);
      const isInside = readInterval(sent);
      const histories: (readonly MetricPoint[])[] = [];
      for (const id of ids) {
        histories.push((await registry.getMetricHistory(id, key, { signal })).filter(isInside));
      }
      const steps = sampleSteps(
        histories.map((history) => history.map(({ step }) => step)),
        most,
      );
      const points = histories.flatMap((history, index) =>
        thinOut(history, steps).map((point) => formatRunMetric(ids[index]!, point)),
      );
      return { metrics: nonEmpty(points) };
    },
  ),
];

function checkSizes(runIds: readonly string[], most: number): void {
  if (runIds.length > MAX_RUNS) {
    throw new RequestInvalidError(
      `GetMetricHistoryBulkInterval request must specify at most ${MAX_RUNS} run_ids. Received ${runIds.length} run_ids.`,
    );
  }
  if (most < 1 || most > MAX_POINTS_PER_RUN) {
    throw new RequestInvalidError(`max_results must be between 1 and ${MAX_POINTS_PER_RUN}.`);
  }
}

function readInterval({
  start_step: start,
  end_step: end,
}: Interval): (point: MetricPoint) => boolean {
  if (start === undefined && end === undefined) return () => true;
  if (start === undefined || end === undefined) {
    throw new RequestInvalidError(
      'If either start step or end step are specified, both must be specified.',
    );
  }
  if (start > end) {
    throw new RequestInvalidError(
      `end_step must be greater than start_step. Found start_step=${start} and end_step=${end}.`,
    );
  }
  return ({ step }) => step >= start && step <= end;
}

function thinOut(history: readonly MetricPoint[], steps: ReadonlySet<number>): MetricPoint[] {
  return history
    .filter(({ step }) => steps.has(step))
    .toSorted((a, b) => a.step - b.step || a.timestamp - b.timestamp || a.value - b.value)
    .slice(0, MAX_POINTS_PER_RUN);
}
