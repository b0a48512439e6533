import { rm } from 'node:fs/promises';
import type { Run, RunStatus } from '../entities.ts';
import { RunNotFoundError } from '../not-found-errors.ts';
import type { Registry } from '../registry.ts';
import { sha256Hex } from '../sha256.ts';
import { type CopiedRun, copyRunInto, createRunCopy } from '../transfer/copy-run.ts';
import {
  type CopySession,
  type TransferContext,
  startCopy,
  targetExperiment,
} from '../transfer/copy-session.ts';
import { findRunCopy } from '../transfer/find-run-copy.ts';
import { parentsFirst } from '../transfer/parents-first.ts';
import { claimCopy, readClaim } from './claim-copy.ts';
import { findOfflineRuns } from './find-offline-runs.ts';
import { offlineLayout } from './offline-layout.ts';
import { type OfflineSource, offlineSource } from './open-offline-source.ts';
import { readOfflineRun } from './read-offline-run.ts';

/** What became of an offline run. */
export interface SyncedRun extends Omit<CopiedRun, 'outcome' | 'experimentId'> {
  readonly folder: string;
  readonly status: RunStatus;
  /**
   * `deleted`: it was sent before, and then deleted in the registry. It is not sent again, unless the
   * note of that (`synced-<registry>.json`) is removed from its folder.
   */
  readonly outcome: CopiedRun['outcome'] | 'deleted';
  /** Whether its folder was removed. */
  readonly isRemoved: boolean;
}

/** Which offline runs to send, and what to do with them then. */
export interface SyncRequest {
  /** Folders of runs, or of folders of runs. */
  readonly folders: readonly string[];
  /** `remove`: the folders of runs that have ended, once everything is in the registry. Default `keep`. */
  readonly afterSync?: 'keep' | 'remove';
}

/**
 * Send runs that were logged offline to a registry. Repeated, it sends what is new and makes nothing
 * twice, also when it was interrupted, and when somebody else sends the same folder at the same time.
 * A run that is still being logged to is sent as far as it is.
 *
 * @throws {OfflineDamagedError} and what the registry throws.
 */
export async function syncOfflineRuns(
  registry: Registry,
  { folders, afterSync = 'keep' }: SyncRequest,
  context: TransferContext = {},
): Promise<SyncedRun[]> {
  const synced: SyncedRun[] = [];
  for (const folder of folders) {
    const found = await findRuns(folder);
    const byId = new Map(found.map((run) => [run.runId, run.folder]));
    const source = offlineSource(folder, byId);
    const session = startCopy(source, registry, { context });
    for (const [done, run] of parentsFirst(found).entries()) {
      const progress = { stage: 'send runs', total: found.length };
      context.onProgress?.({ ...progress, done, detail: run.runName });
      synced.push(await syncRun({ ...session, source }, run, afterSync));
    }
    context.onProgress?.({ stage: 'send runs', done: found.length, total: found.length });
  }
  return synced;
}

interface FoundRun extends Pick<Run, 'runId' | 'runName' | 'startTime' | 'tags'> {
  readonly folder: string;
}

async function findRuns(folder: string): Promise<FoundRun[]> {
  const runs: FoundRun[] = [];
  for (const own of await findOfflineRuns(folder)) {
    const state = await readOfflineRun(own);
    if (state === undefined) continue;
    const { runId, startTime } = state.start;
    const tags = Object.fromEntries(state.tags);
    runs.push({ folder: own, runId, runName: state.runName ?? runId, startTime, tags });
  }
  return runs;
}

async function syncRun(
  session: CopySession & { readonly source: OfflineSource },
  { runId: sourceRunId, folder }: FoundRun,
  afterSync: NonNullable<SyncRequest['afterSync']>,
): Promise<SyncedRun> {
  const run = await session.source.getRun(sourceRunId);
  const { status, runName } = run;
  const copy = await ensureCopy(session, run, folder);
  const about = { folder, sourceRunId, runName, status };
  if (copy.lifecycleStage === 'deleted') {
    const nothing = { metricPointCount: 0, fileCount: 0, sizeBytes: 0, isRemoved: false };
    return { ...about, runId: copy.runId, ...nothing, outcome: 'deleted' };
  }
  session.copies.set(sourceRunId, copy);
  const { experimentId: _, ...copied } = await copyRunInto(session, sourceRunId);
  const hasEnded = status !== 'RUNNING' && status !== 'SCHEDULED';
  // What was logged to it while it was sent is sent the next time.
  const isRemoved =
    afterSync === 'remove' && hasEnded && (await session.source.isWhole(sourceRunId));
  if (isRemoved) await rm(folder, { recursive: true, force: true });
  return { ...about, ...copied, isRemoved };
}

/** The run in the registry: noted in the folder, so that all who send it send it to the same one. */
async function ensureCopy(
  session: CopySession,
  run: Run,
  folder: string,
): Promise<Run | { readonly runId: string; readonly lifecycleStage: 'deleted' }> {
  const { target } = session;
  const claimPath = offlineLayout(folder).claim(sha256Hex(target.uri).slice(0, 12));
  const claimed = await readClaim(claimPath);
  if (claimed !== undefined) return getOrDeleted(target, claimed);
  const { experimentId } = await targetExperiment(session, run.experimentId);
  const found = await findRunCopy(target, experimentId, run.runId);
  const copy = found ?? (await createRunCopy(session, run, experimentId));
  const chosen = await claimCopy(claimPath, { runId: copy.runId });
  if (chosen === copy.runId) return copy;
  if (found === undefined) await target.deleteRun(copy.runId);
  return target.getRun(chosen);
}

/** A run that was removed for good counts as deleted. */
async function getOrDeleted(target: Registry, runId: string) {
  try {
    return await target.getRun(runId);
  } catch (error) {
    if (!(error instanceof RunNotFoundError)) throw error;
    return { runId, lifecycleStage: 'deleted' } as const;
  }
}
