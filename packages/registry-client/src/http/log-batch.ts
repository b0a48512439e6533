import { checkRunBatch } from '../check-run-batch.ts';
import type { CallOptions } from '../call-options.ts';
import type { MetricPoint } from '../entities.ts';
import { ParamConflictError } from '../conflict-errors.ts';
import type { RunBatch } from '../registry.ts';
import { type Remote, orFail, put } from './remote.ts';
import { getRun, refusedWrite } from './runs.ts';
import { formatNumber, formatTags } from './wire-values.ts';

const MAX_REQUEST_BYTES = 900_000;

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
export async function logBatch(
  remote: Remote,
  runId: string,
  { signal, ...batch }: RunBatch & CallOptions,
): Promise<void> {
  checkRunBatch(batch);
  const { params = {}, tags = {}, metrics = [] } = batch;
  const parts: readonly WireBatch[] = [
    { field: 'params', entries: formatTags(params) },
    { field: 'tags', entries: formatTags(tags) },
    {
      field: 'metrics',
      entries: metrics.map(formatMetric),
    },
  ];
  for (const body of splitBatch(parts)) {
    const asked = put(remote, 'runs/log-batch', { run_id: runId, ...body }, signal);
    await orFail(asked, async (refusal) => {
      if (/param/i.test(refusal.serverMessage)) await checkParams(remote, runId, params);
      return refusedWrite(remote, runId, refusal);
    });
  }
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

function formatMetric(point: MetricPoint): object {
  const { key, value, timestamp, step, modelId, datasetName, datasetDigest } = point;
  return {
    key,
    value: formatNumber(value),
    timestamp,
    step,
    ...(modelId === undefined ? {} : { model_id: modelId }),
    ...(datasetName === undefined ? {} : { dataset_name: datasetName }),
    ...(datasetDigest === undefined ? {} : { dataset_digest: datasetDigest }),
  };
}

async function checkParams(
  remote: Remote,
  runId: string,
  params: Readonly<Record<string, string>>,
): Promise<void> {
  const written = new Map(Object.entries((await getRun(remote, runId)).params));
  for (const [key, value] of Object.entries(params)) {
    const old = written.get(key);
    if (old === undefined || old === value) continue;
    throw new ParamConflictError(runId, key, { old, new: value });
  }
}
