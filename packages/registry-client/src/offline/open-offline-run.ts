import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { checkArtifactPath } from '../artifact-path.ts';
import { checkDatasets } from '../check-datasets.ts';
import { checkExperimentName } from '../check-names.ts';
import { checkRunBatch } from '../check-run-batch.ts';
import { checkNewRun, checkRunUpdate } from '../check-run.ts';
import type { ArtifactContent, ArtifactDigest, DatasetInput } from '../entities.ts';
import type { NewRun, RunBatch, RunUpdate } from '../registry.ts';
import { withContent } from '../with-content.ts';
import { checkPathFits } from './check-path-fits.ts';
import { makeFolderDurably, withFileErrors } from './durable-files.ts';
import { openJournal } from './journal.ts';
import { type OfflineEntry, type OfflineStart, formatBatch } from './offline-entry.ts';
import { offlineLayout } from './offline-layout.ts';
import { checkParams } from './offline-run-state.ts';
import { writeBlob } from './write-blob.ts';

/** A run that waits for its registry; the experiment is found or made by name once it can be reached. */
export interface NewOfflineRun extends Omit<NewRun, 'experimentId'> {
  readonly experimentName: string;
}

/**
 * A run that is logged to a folder. What a method has resolved for is on the disk: neither kill -9
 * nor a loss of power takes it away.
 */
export interface OfflineRun {
  /** Of this run until it is in a registry, which gives it another. */
  readonly runId: string;
  /** What {@link syncOfflineRuns} takes. */
  readonly folder: string;
  /** As `Registry.logBatch`. A parameter cannot change once it is written. */
  logBatch(batch: RunBatch): Promise<void>;
  logInputs(datasets: readonly DatasetInput[]): Promise<void>;
  /** Write one artifact whole, replacing what was there. Paths use `/`. */
  uploadArtifact(path: string, content: ArtifactContent): Promise<ArtifactDigest>;
  update(update: RunUpdate): Promise<void>;
  /** Wait for what is being written and let go of the folder. The run's status stays as it is. */
  close(): Promise<void>;
}

/**
 * Begin a run in a folder of its own below `folder`, which is made where it is not there.
 *
 * @throws {NameInvalidError | ValueInvalidError} for what no registry would take.
 * @throws {DiskFullError | StoreUnavailableError}
 */
export async function openOfflineRun(folder: string, run: NewOfflineRun): Promise<OfflineRun> {
  checkExperimentName(run.experimentName);
  checkNewRun({ ...run, experimentId: '' });
  const runId = randomUUID().replaceAll('-', '');
  const start: OfflineStart = { kind: 'start', layout: 1, ...run, runId };
  const own = join(folder, runId);
  const layout = offlineLayout(own);
  await withFileErrors(folder, () => makeFolderDurably(layout.blobs));
  const journal = await openJournal(layout.journal, 0);
  const append = (entry: OfflineEntry) => journal.append(entry);
  await append(start);

  const params = new Map<string, string>();
  const paths = new Set<string>();
  return {
    runId,
    folder: own,
    async logBatch(batch) {
      checkRunBatch(batch);
      checkParams(runId, batch, params);
      for (const [key, value] of Object.entries(batch.params ?? {})) params.set(key, value);
      await append({ kind: 'batch', ...formatBatch(batch) });
    },
    async logInputs(datasets) {
      checkDatasets(datasets);
      await append({ kind: 'inputs', datasets });
    },
    async uploadArtifact(path, content) {
      return withContent(content, async (begun, failures) => {
        checkArtifactPath(path);
        checkPathFits(path, paths);
        const isNew = !paths.has(path);
        paths.add(path);
        try {
          const digest = await writeBlob(layout.blobs, begun);
          await append({ kind: 'artifact', path, ...digest });
          return digest;
        } catch (error) {
          if (isNew) paths.delete(path);
          // What the caller's own content throws comes through as it is.
          throw failures.length === 0 ? error : failures[0];
        }
      });
    },
    async update(update) {
      checkRunUpdate(update);
      await append({ kind: 'update', ...update });
    },
    close: () => journal.close(),
  };
}
