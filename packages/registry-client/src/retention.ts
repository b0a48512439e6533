import type { CallOptions } from './call-options.ts';
import { checkTime } from './check-values.ts';
import { RunNotFoundError } from './not-found-errors.ts';
import { ValueInvalidError } from './value-errors.ts';
import { iterateModelVersions, iterateRuns } from './iterate-pages.ts';
import type { Registry } from './registry.ts';

/** Which runs need not be kept. */
export interface RetentionPolicy {
  readonly experimentIds: readonly string[];
  /** Only runs that ended before this time go: milliseconds since the epoch. */
  readonly endedBefore: number;
  /** So many runs of each experiment stay whatever their age, the newest; default 0. */
  readonly keepNewest?: number;
  /** Runs that this filter finds stay, such as `tags.keep = 'true'`. */
  readonly keep?: string;
}

/** Which runs are to be deleted, oldest last. */
export interface RetentionPlan {
  readonly runIds: readonly string[];
  /** How many would have gone, were they not the source of a model version. */
  readonly keptForVersions: number;
}

/**
 * Decide which runs a policy lets go. Runs that have not ended stay, and so do those that a model
 * version came from. Nothing is changed.
 *
 * @throws {FilterInvalidError | ValueInvalidError}
 */
export async function planRetention(
  registry: Pick<Registry, 'searchRuns' | 'searchModelVersions'>,
  policy: RetentionPolicy,
  options: CallOptions = {},
): Promise<RetentionPlan> {
  const { experimentIds, endedBefore, keepNewest = 0, keep } = policy;
  checkTime('end of the runs to delete', endedBefore);
  if (!Number.isSafeInteger(keepNewest) || keepNewest < 0) {
    throw new ValueInvalidError('number of runs to keep', `is 0 or more, not ${keepNewest}.`);
  }
  const kept = new Set<string>();
  if (keep !== undefined) {
    const request = { experimentIds, filter: keep };
    for await (const { runId } of iterateRuns(registry, request, options)) kept.add(runId);
  }
  const sources = new Set<string>();
  for await (const { runId } of iterateModelVersions(registry, {}, options)) {
    if (runId !== undefined) sources.add(runId);
  }
  const runIds: string[] = [];
  let keptForVersions = 0;
  for (const experimentId of new Set(experimentIds)) {
    let newer = 0;
    const request = { experimentIds: [experimentId] };
    for await (const { runId, endTime } of iterateRuns(registry, request, options)) {
      const isNewest = newer++ < keepNewest;
      if (isNewest || kept.has(runId) || endTime === undefined || endTime >= endedBefore) continue;
      if (sources.has(runId)) keptForVersions++;
      else runIds.push(runId);
    }
  }
  return { runIds, keptForVersions };
}

/**
 * Delete the runs of a plan. They can be restored until garbage is collected; a run that is gone
 * already is fine.
 */
export async function applyRetention(
  registry: Pick<Registry, 'deleteRun'>,
  plan: Pick<RetentionPlan, 'runIds'>,
  { signal }: CallOptions = {},
): Promise<void> {
  for (const runId of plan.runIds) {
    signal?.throwIfAborted();
    try {
      await registry.deleteRun(runId);
    } catch (error) {
      if (!(error instanceof RunNotFoundError)) throw error;
    }
  }
}
