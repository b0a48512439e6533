import { dirname, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { collectContent } from '../collect-content.ts';
import { createLocalArtifacts } from '../local-artifacts.ts';
import type { OpenRegistryOptions } from '../open-registry.ts';
import type { Registry } from '../registry.ts';
import { StoreBusyError } from '../store-errors.ts';
import { unsupportedOperations } from '../unsupported-operations.ts';
import { deleteAlias, findVersionByAlias, setAlias } from './aliases.ts';
import { type SqlConnection, openConnection } from './connection.ts';
import * as experiments from './experiments.ts';
import { readLedger } from './ledger.ts';
import { getMetricHistory, logBatch } from './log-batch.ts';
import { logInputs } from './log-inputs.ts';
import { migrateSchema } from './migrations.ts';
import * as versions from './model-versions.ts';
import * as models from './registered-models.ts';
import * as artifacts from './run-artifacts.ts';
import * as runs from './runs.ts';
import { searchRuns } from './search-runs.ts';
import { makeFolder } from '../make-folder.ts';
import { translateFileError } from './sqlite-errors.ts';
import { findVersionByStage, moveStage } from './stages.ts';
import type { Store } from './store.ts';

const unfinished = 'this version of the package does not offer it.';
const OPEN_RETRY_MS = 10;

/** Open the registry in a database file, with its artifacts in a folder beside it. */
export async function openSqliteRegistry(
  uri: string,
  path: string,
  options: OpenRegistryOptions,
): Promise<Registry> {
  const { now = Date.now, userId = 'unknown', busyTimeoutMs = 10_000 } = options;
  const file = resolve(path);
  try {
    await makeFolder(dirname(file));
  } catch (error) {
    throw translateFileError(error, file);
  }
  const db = await openMigrated(file, { now: now(), busyTimeoutMs });
  const artifactRoot = resolve(options.artifactRoot ?? join(dirname(file), 'mlartifacts'));
  return createRegistry(uri, { db, artifacts: createLocalArtifacts(artifactRoot), now, userId });
}

/** SQLite does not wait by itself when two processes turn on write-ahead mode at the same time. */
async function openMigrated(
  file: string,
  { now, busyTimeoutMs }: { readonly now: number; readonly busyTimeoutMs: number },
): Promise<SqlConnection> {
  const deadline = performance.now() + busyTimeoutMs;
  for (;;) {
    const db = openConnection(file, busyTimeoutMs);
    try {
      migrateSchema(db, now);
      return db;
    } catch (error) {
      db.close();
      if (!(error instanceof StoreBusyError) || performance.now() > deadline) throw error;
      await setTimeout(OPEN_RETRY_MS);
    }
  }
}

/** Every method is asynchronous, so that what goes wrong always arrives as a rejection. */
function createRegistry(uri: string, store: Store): Registry {
  return {
    uri,
    ...unsupportedOperations(uri, {
      updateExperiment: unfinished,
      setExperimentTag: unfinished,
      deleteExperimentTag: unfinished,
      logModels: unfinished,
      deleteRunTag: unfinished,
      getMetricPage: unfinished,
      createLoggedModel: unfinished,
      getLoggedModel: unfinished,
      finalizeLoggedModel: unfinished,
      logLoggedModelParams: unfinished,
      setLoggedModelTags: unfinished,
      deleteLoggedModelTag: unfinished,
      searchLoggedModels: unfinished,
      deleteLoggedModel: unfinished,
      openArtifact: unfinished,
      deleteArtifact: unfinished,
      renameRegisteredModel: unfinished,
      deleteRegisteredModelTag: unfinished,
      deleteRegisteredModel: unfinished,
      deleteModelVersionTag: unfinished,
      deleteModelVersion: unfinished,
      getDownloadUri: unfinished,
      listModelFiles: unfinished,
      openModelFile: unfinished,
      moveMlflowStage: unfinished,
      findLatestVersions: unfinished,
      collectGarbage: unfinished,
    }),
    createExperiment: async (name, options) =>
      experiments.createExperiment(store, name, options?.tags ?? {}),
    ensureExperiment: async (name) => experiments.ensureExperiment(store, name),
    getExperiment: async (experimentId) => experiments.getExperiment(store, experimentId),
    findExperiment: async (name) => experiments.findExperiment(store, name),
    searchExperiments: async (request = {}) => experiments.searchExperiments(store, request),
    deleteExperiment: async (experimentId) => experiments.deleteExperiment(store, experimentId),
    restoreExperiment: async (experimentId) => experiments.restoreExperiment(store, experimentId),

    createRun: async (run) => runs.createRun(store, run),
    getRun: async (runId) => runs.getRun(store, runId),
    updateRun: async (runId, update) => runs.updateRun(store, runId, update),
    deleteRun: async (runId) => runs.deleteRun(store, runId),
    restoreRun: async (runId) => runs.restoreRun(store, runId),
    logBatch: async (runId, batch) => logBatch(store, runId, batch),
    logInputs: async (runId, datasets) => logInputs(store, runId, datasets),
    searchRuns: async (request) => searchRuns(store, request),
    getMetricHistory: async (runId, key) => getMetricHistory(store, runId, key),

    uploadArtifact: async (runId, path, content) =>
      artifacts.uploadArtifact(store, { runId, path }, await collectContent(content)),
    downloadArtifact: async (runId, path) => artifacts.downloadArtifact(store, runId, path),
    listArtifacts: async (runId, folder) => artifacts.listArtifacts(store, runId, folder),

    createRegisteredModel: async (name, options = {}) =>
      models.createRegisteredModel(store, name, options),
    ensureRegisteredModel: async (name) => models.ensureRegisteredModel(store, name),
    findRegisteredModel: async (name) => models.findRegisteredModel(store, name),
    updateRegisteredModel: async (name, { description }) =>
      models.updateRegisteredModel(store, name, description),
    setRegisteredModelTag: async (name, key, value) =>
      models.setRegisteredModelTag(store, name, { key, value }),
    searchRegisteredModels: async (request = {}) => models.searchRegisteredModels(store, request),

    createModelVersion: async (version) => versions.createModelVersion(store, version),
    getModelVersion: async (name, version) => versions.getModelVersion(store, name, version),
    updateModelVersion: async (name, version, { description }) =>
      versions.updateModelVersion(store, { name, version }, description),
    setModelVersionTag: async (name, version, key, value) =>
      versions.setModelVersionTag(store, { name, version }, { key, value }),
    searchModelVersions: async (request = {}) => versions.searchModelVersions(store, request),
    downloadModelFile: async (name, version, path) =>
      artifacts.downloadModelFile(store, { name, version }, path),

    setAlias: async (name, alias, version) => setAlias(store, name, { alias, version }),
    deleteAlias: async (name, alias) => deleteAlias(store, name, alias),
    findVersionByAlias: async (name, alias) => findVersionByAlias(store, name, alias),

    findVersionByStage: async (name, stage) => findVersionByStage(store, name, stage),
    moveStage: async (move) => moveStage(store, move),
    readLedger: async (name) => readLedger(store, name),

    close: async () => store.db.close(),
  };
}
