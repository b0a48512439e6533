import type { MetricPoint, Run } from '../entities.ts';
import { LIMITS } from '../limits.ts';
import type { CopySession } from './copy-session.ts';

/** Copy every value of every metric of a run. @returns how many. */
export async function copyMetrics(
  { source, target, context, loggedModels }: CopySession,
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
  for await (const { modelId, ...point } of source.metricHistory(run)) {
    const copied = modelId === undefined ? undefined : loggedModels.get(modelId)?.modelId;
    batch.push(copied === undefined ? point : { ...point, modelId: copied });
    if (batch.length === LIMITS.metricsPerBatch) await send();
  }
  await send();
  return count;
}
