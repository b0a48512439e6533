import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Artifact, MetricPoint, Run } from '../entities.ts';
import {
  LoggedModelNotFoundError,
  RegisteredModelNotFoundError,
  RunNotFoundError,
} from '../not-found-errors.ts';
import type { TransferSource } from '../transfer/transfer-source.ts';
import { OfflineDamagedError } from './offline-errors.ts';
import { offlineLayout } from './offline-layout.ts';
import type { OfflineRunState } from './offline-run-state.ts';
import { readJournal } from './read-journal.ts';
import { type ReadOfflineRun, readOfflineRun } from './read-offline-run.ts';

/** Offline runs as something to copy from. */
export interface OfflineSource extends TransferSource {
  /** Whether all that was logged to a run by now is in what was given of it. */
  isWhole(runId: string): Promise<boolean>;
}

/** Offline runs below a folder as something to copy from. @param folders of the runs, by their ids. */
export function offlineSource(folder: string, folders: ReadonlyMap<string, string>): OfflineSource {
  // A run is asked for several times in a row, and may be large: the newest one is kept.
  let newest: ReadOfflineRun | undefined;

  async function stateOf(runId: string): Promise<ReadOfflineRun> {
    if (newest?.start.runId === runId) return newest;
    const own = folders.get(runId);
    const state = own === undefined ? undefined : await readOfflineRun(own);
    if (state === undefined) throw new RunNotFoundError(runId);
    newest = state;
    return state;
  }
  const source: OfflineSource = {
    uri: pathToFileURL(folder).href,
    // The one experiment that an offline run knows of is the one that it asks for by name.
    async getExperiment(experimentId) {
      const { start } = await stateOf(experimentId);
      return {
        experimentId,
        name: start.experimentName,
        artifactLocation: '',
        lifecycleStage: 'active',
        tags: {},
        creationTime: start.startTime,
        lastUpdateTime: start.startTime,
      };
    },
    async *runs(experimentId) {
      yield await source.getRun(experimentId);
    },
    getRun: async (runId) => toRun(await stateOf(runId), folders.get(runId)!),
    async *metricHistory({ runId }) {
      for (const points of (await stateOf(runId)).metrics.values()) yield* points;
    },
    async *files(runId) {
      for (const [path, about] of (await stateOf(runId)).artifacts) {
        yield { path, isFolder: false, ...about } satisfies Artifact;
      }
    },
    async openFile(runId, path) {
      const artifact = (await stateOf(runId)).artifacts.get(path)!;
      const blob = offlineLayout(folders.get(runId)!).blob(artifact.sha256);
      return { ...artifact, content: readBlob(blob, artifact.sha256) };
    },

    async isWhole(runId) {
      const { journalBytes } = await stateOf(runId);
      const { journal } = offlineLayout(folders.get(runId)!);
      return (await readJournal(journal)).wholeBytes === journalBytes;
    },

    async *loggedModels() {},
    async getLoggedModel(modelId) {
      throw new LoggedModelNotFoundError(modelId);
    },
    async getModel(name) {
      throw new RegisteredModelNotFoundError(name);
    },
    async *versions() {},
    ledger: async () => [],
    async *versionFiles() {},
    async openVersionFile({ name }) {
      throw new RegisteredModelNotFoundError(name);
    },
  };
  return source;
}

function toRun(state: OfflineRunState, folder: string): Run {
  const { start, endTime } = state;
  const latestMetrics = [...state.metrics.values()].map(latest);
  return {
    runId: start.runId,
    runName: state.runName ?? `run-${start.runId.slice(0, 8)}`,
    experimentId: start.runId,
    status: state.status,
    startTime: start.startTime,
    ...(endTime === undefined ? {} : { endTime }),
    userId: start.userId ?? 'unknown',
    lifecycleStage: 'active',
    artifactUri: pathToFileURL(folder).href,
    metrics: Object.fromEntries(latestMetrics.map(({ key, value }) => [key, value])),
    latestMetrics,
    params: Object.fromEntries(state.params),
    tags: Object.fromEntries(state.tags),
    inputs: state.inputs,
    modelInputs: [],
    modelOutputs: [],
  };
}

function latest(points: readonly MetricPoint[]): MetricPoint {
  return points.reduce((best, point) => {
    const difference =
      point.step - best.step || point.timestamp - best.timestamp || point.value - best.value;
    return difference > 0 ? point : best;
  });
}

/** The bytes of a file; at their end it is made sure that they are the right ones. */
async function* readBlob(path: string, sha256: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(piece);
      yield piece;
    }
  } catch (cause) {
    throw new OfflineDamagedError(path, 'the file cannot be read.', { cause });
  }
  if (hash.digest('hex') !== sha256) {
    throw new OfflineDamagedError(path, 'the file was changed after it was written.');
  }
}
