import { checkRunBatch } from '../check-run-batch.ts';
import type { MetricPoint } from '../entities.ts';
import { ParamConflictError } from '../errors.ts';
import type { RunBatch } from '../registry.ts';
import { type Remote, get, orFail, put } from './remote.ts';
import { getRun, refusedWrite } from './runs.ts';
import { formatNumber, formatTags, readNumber, readObjects, readText } from './wire-values.ts';

const MAX_REQUEST_BYTES = 900_000;
const HISTORY_PAGE = 25_000;

interface WireBatch {
  readonly field: 'params' | 'tags' | 'metrics';
  readonly entries: readonly object[];
}

/**
 * Write parameters, tags and metrics of a run: in one step, or in several where they would not fit
 * into one request of MLflow's (1 MB), parameters first. Sent again after a lost answer, as the same
 * entries twice change nothing.
 *
 * @throws {RunNotFoundError | DeletedError | ParamConflictError | NameInvalidError | ValueInvalidError}
 */
export async function logBatch(remote: Remote, runId: string, batch: RunBatch): Promise<void> {
  checkRunBatch(batch);
  const { params = {}, tags = {}, metrics = [] } = batch;
  const parts: readonly WireBatch[] = [
    { field: 'params', entries: formatTags(params) },
    { field: 'tags', entries: formatTags(tags) },
    {
      field: 'metrics',
      entries: metrics.map((point) => ({ ...point, value: formatNumber(point.value) })),
    },
  ];
  for (const body of splitBatch(parts)) {
    await orFail(put(remote, 'runs/log-batch', { run_id: runId, ...body }), async (refusal) => {
      if (/param/i.test(refusal.serverMessage)) await checkParams(remote, runId, params);
      return refusedWrite(remote, runId, refusal);
    });
  }
}

/** Every value of a metric, by time and step; none when it was never logged. @throws {RunNotFoundError} */
export async function getMetricHistory(
  remote: Remote,
  runId: string,
  key: string,
): Promise<MetricPoint[]> {
  const points: MetricPoint[] = [];
  let token: string | undefined;
  do {
    const answer = await orFail(
      get(remote, 'metrics/get-history', {
        run_id: runId,
        metric_key: key,
        max_results: String(HISTORY_PAGE),
        page_token: token,
      }),
      (refusal) => refusedWrite(remote, runId, refusal),
    );
    for (const wire of readObjects(answer, 'metrics')) {
      points.push({
        key,
        value: readNumber(wire, 'value'),
        timestamp: readNumber(wire, 'timestamp'),
        step: readNumber(wire, 'step'),
      });
    }
    token = readText(answer, 'next_page_token') || undefined;
  } while (token !== undefined);
  // A server answers for a run that is not there as for a metric that is not.
  if (points.length === 0) await getRun(remote, runId);
  return points.sort((a, b) => a.timestamp - b.timestamp || a.step - b.step || a.value - b.value);
}

/** The bodies of as few requests as hold everything; at least one, as the run must be there. */
function splitBatch(
  parts: readonly WireBatch[],
): { readonly [field: string]: readonly object[] }[] {
  const bodies: { [field: string]: object[] }[] = [{}];
  const encoder = new TextEncoder();
  let size = 0;
  for (const { field, entries } of parts) {
    for (const entry of entries) {
      const bytes = encoder.encode(JSON.stringify(entry)).length + 1;
      if (size + bytes > MAX_REQUEST_BYTES) {
        bodies.push({});
        size = 0;
      }
      size += bytes;
      (bodies.at(-1)![field] ??= []).push(entry);
    }
  }
  return bodies;
}

async function checkParams(
  remote: Remote,
  runId: string,
  params: Readonly<Record<string, string>>,
): Promise<void> {
  const { params: written } = await getRun(remote, runId);
  for (const [key, value] of Object.entries(params)) {
    const old = written[key];
    if (old === undefined || old === value) continue;
    throw new ParamConflictError(runId, key, { old, new: value });
  }
}
