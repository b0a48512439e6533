import type { MetricPoint, Run } from '../entities.ts';
import { LIMITS } from '../limits.ts';
import type { CopySession } from './copy-session.ts';

/** Copy every value of every metric of a run. @returns how many. */
export async function copyMetrics(
  { source, target, context }: CopySession,
  run: Run,
  to: string,
): Promise<number> {
  let count = 0;
  let batch: MetricPoint[] = [];
  async function send(): Promise<void> {
    context.signal?.throwIfAborted();
    if (batch.length > 0) await target.logBatch(to, { metrics: batch });
    count += batch.length;
    batch = [];
  }
  // Which logged model was measured is copied with the models: histories do not tell on all servers.
  for await (const { modelId: _, ...point } of source.metricHistory(run)) {
    batch.push(point);
    if (batch.length === LIMITS.metricsPerBatch) await send();
  }
  await send();
  return count;
}

/** Note at the target what a run measured of logged models. The same again changes nothing. */
export async function copyModelMetrics(
  { target, loggedModels }: CopySession,
  { run, ids }: { readonly run: Run; readonly ids: readonly string[] },
  to: string,
): Promise<void> {
  for (const copied of ids.map((id) => loggedModels.get(id))) {
    const { modelId } = copied ?? {};
    if (modelId === undefined) continue;
    const metrics = copied!.metrics
      .filter(({ runId }) => runId === run.runId)
      .map(({ runId: _, ...point }): MetricPoint => ({ ...point, modelId }));
    for (let from = 0; from < metrics.length; from += LIMITS.metricsPerBatch) {
      await target.logBatch(to, { metrics: metrics.slice(from, from + LIMITS.metricsPerBatch) });
    }
  }
}
