import type { CallOptions } from '../call-options.ts';
import { collectContent } from '../collect-content.ts';
import type { ArtifactStream } from '../entities.ts';
import type { Registry } from '../registry.ts';
import { deleteAlias, findVersionByAlias, setAlias } from './aliases.ts';
import * as artifacts from './artifacts.ts';
import { collectGarbage } from './collect-garbage.ts';
import * as experiments from './experiments.ts';
import { readLedger } from './ledger.ts';
import { logBatch } from './log-batch.ts';
import { logInputs } from './log-inputs.ts';
import { logModels } from './log-models.ts';
import * as loggedModels from './logged-models.ts';
import { getMetricHistory, getMetricPage } from './metric-history.ts';
import { findLatestVersions, moveMlflowStage } from './mlflow-stages.ts';
import { getDownloadUri, listModelFiles, openModelFile } from './model-files.ts';
import * as versions from './model-versions.ts';
import * as models from './registered-models.ts';
import * as runs from './runs.ts';
import { searchLoggedModels } from './search-logged-models.ts';
import { searchRuns } from './search-runs.ts';
import { findVersionByStage, moveStage } from './stages.ts';
import type { Store } from './store.ts';

/**
 * The methods of a registry over a store. Each is asynchronous, so that what goes wrong always arrives
 * as a rejection.
 */
export function createSqliteRegistry(uri: string, store: Store): Registry {
  return {
    uri,
    ...patient(store, {
      ...experimentMethods(store),
      ...runMethods(store),
      ...loggedModelMethods(store),
      ...artifactMethods(store),
      ...modelMethods(store),
      ...versionMethods(store),
      ...stageMethods(store),
    }),
    // These wait in parts: a content cannot be read a second time.
    uploadArtifact: async (ownerId, path, content, options = {}) =>
      artifacts.uploadArtifact(store, { ownerId, path }, { ...options, content }),
    collectGarbage: async (request, options) => collectGarbage(store, request, options),
    close: async () => store.db.close(),
  };
}

/** The same methods, each a write or some reads, which wait while another process writes. */
function patient<Methods extends object>({ patiently }: Store, methods: Methods): Methods {
  const entries = Object.entries(methods) as [string, (...given: unknown[]) => Promise<unknown>][];
  return Object.fromEntries(
    entries.map(([name, method]) => [
      name,
      (...given: unknown[]) => patiently(() => method(...given)),
    ]),
  ) as Methods;
}

function experimentMethods(store: Store) {
  return {
    createExperiment: async (name, experiment = {}) =>
      experiments.createExperiment(store, name, experiment),
    ensureExperiment: async (name) => experiments.ensureExperiment(store, name),
    getExperiment: async (experimentId) => experiments.getExperiment(store, experimentId),
    findExperiment: async (name) => experiments.findExperiment(store, name),
    searchExperiments: async (request = {}, options) =>
      unlessAborted(options, () => experiments.searchExperiments(store, request)),
    updateExperiment: async (experimentId, { name }) =>
      experiments.renameExperiment(store, experimentId, name),
    setExperimentTag: async (experimentId, key, value) =>
      experiments.setExperimentTag(store, experimentId, { key, value }),
    deleteExperimentTag: async (experimentId, key) =>
      experiments.deleteExperimentTag(store, experimentId, key),
    deleteExperiment: async (experimentId) => experiments.deleteExperiment(store, experimentId),
    restoreExperiment: async (experimentId) => experiments.restoreExperiment(store, experimentId),
  } satisfies Partial<Registry>;
}

function runMethods(store: Store) {
  return {
    createRun: async (run) => runs.createRun(store, run),
    getRun: async (runId) => runs.getRun(store, runId),
    updateRun: async (runId, update) => runs.updateRun(store, runId, update),
    deleteRun: async (runId) => runs.deleteRun(store, runId),
    restoreRun: async (runId) => runs.restoreRun(store, runId),
    deleteRunTag: async (runId, key) => runs.deleteRunTag(store, runId, key),
    logBatch: async (runId, batch, options) =>
      unlessAborted(options, () => logBatch(store, runId, batch)),
    logInputs: async (runId, datasets) => logInputs(store, runId, datasets),
    logModels: async (runId, models) => logModels(store, runId, models),
    searchRuns: async (request, options) =>
      unlessAborted(options, () => searchRuns(store, request)),
    getMetricHistory: async (runId, key, options) =>
      unlessAborted(options, () => getMetricHistory(store, { runId, key })),
    getMetricPage: async (runId, key, request) =>
      unlessAborted(request, () => getMetricPage(store, { runId, key }, request)),
  } satisfies Partial<Registry>;
}

function loggedModelMethods(store: Store) {
  return {
    createLoggedModel: async (model) => loggedModels.createLoggedModel(store, model),
    getLoggedModel: async (modelId) => loggedModels.getLoggedModel(store, modelId),
    finalizeLoggedModel: async (modelId, status) =>
      loggedModels.finalizeLoggedModel(store, modelId, status),
    logLoggedModelParams: async (modelId, params) =>
      loggedModels.logLoggedModelParams(store, modelId, params),
    setLoggedModelTags: async (modelId, tags) =>
      loggedModels.setLoggedModelTags(store, modelId, tags),
    deleteLoggedModelTag: async (modelId, key) =>
      loggedModels.deleteLoggedModelTag(store, modelId, key),
    searchLoggedModels: async (request, options) =>
      unlessAborted(options, () => searchLoggedModels(store, request)),
    deleteLoggedModel: async (modelId) => loggedModels.deleteLoggedModel(store, modelId),
  } satisfies Partial<Registry>;
}

function artifactMethods(store: Store) {
  return {
    downloadArtifact: async (ownerId, path, options) =>
      readWhole(await artifacts.openArtifact(store, { ownerId, path }, options)),
    openArtifact: async (ownerId, path, options) =>
      artifacts.openArtifact(store, { ownerId, path }, options),
    listArtifacts: async (ownerId, folder, options) =>
      unlessAborted(options, () => artifacts.listArtifacts(store, ownerId, folder)),
    deleteArtifact: async (ownerId, path) => artifacts.deleteArtifact(store, { ownerId, path }),
  } satisfies Partial<Registry>;
}

function modelMethods(store: Store) {
  return {
    createRegisteredModel: async (name, options = {}) =>
      models.createRegisteredModel(store, name, options),
    ensureRegisteredModel: async (name) => models.ensureRegisteredModel(store, name),
    findRegisteredModel: async (name) => models.findRegisteredModel(store, name),
    updateRegisteredModel: async (name, { description }) =>
      models.updateRegisteredModel(store, name, description),
    renameRegisteredModel: async (name, newName) =>
      models.renameRegisteredModel(store, name, newName),
    setRegisteredModelTag: async (name, key, value) =>
      models.setRegisteredModelTag(store, name, { key, value }),
    deleteRegisteredModelTag: async (name, key) =>
      models.deleteRegisteredModelTag(store, name, key),
    searchRegisteredModels: async (request = {}, options) =>
      unlessAborted(options, () => models.searchRegisteredModels(store, request)),
    deleteRegisteredModel: async (name) => models.deleteRegisteredModel(store, name),
    setAlias: async (name, alias, version) => setAlias(store, name, { alias, version }),
    deleteAlias: async (name, alias) => deleteAlias(store, name, alias),
    findVersionByAlias: async (name, alias) => findVersionByAlias(store, name, alias),
  } satisfies Partial<Registry>;
}

function versionMethods(store: Store) {
  return {
    createModelVersion: async (version) => versions.createModelVersion(store, version),
    getModelVersion: async (name, version) => versions.getModelVersion(store, name, version),
    updateModelVersion: async (name, version, { description }) =>
      versions.updateModelVersion(store, { name, version }, description),
    setModelVersionTag: async (name, version, key, value) =>
      versions.setModelVersionTag(store, { name, version }, { key, value }),
    deleteModelVersionTag: async (name, version, key) =>
      versions.deleteModelVersionTag(store, { name, version }, key),
    searchModelVersions: async (request = {}, options) =>
      unlessAborted(options, () => versions.searchModelVersions(store, request)),
    deleteModelVersion: async (name, version) =>
      versions.deleteModelVersion(store, { name, version }),
    getDownloadUri: async (name, version) => getDownloadUri(store, { name, version }),
    listModelFiles: async (name, version, options) =>
      unlessAborted(options, () => listModelFiles(store, { name, version }, options?.folder)),
    downloadModelFile: async (name, version, path, options) =>
      readWhole(await openModelFile(store, { name, version }, { ...options, path })),
    openModelFile: async (name, version, path, options) =>
      openModelFile(store, { name, version }, { ...options, path }),
  } satisfies Partial<Registry>;
}

function stageMethods(store: Store) {
  return {
    findVersionByStage: async (name, stage) => findVersionByStage(store, name, stage),
    moveStage: async (move) => moveStage(store, move),
    readLedger: async (name) => readLedger(store, name),
    moveMlflowStage: async (move) => moveMlflowStage(store, move),
    findLatestVersions: async (name, stages) => findLatestVersions(store, name, stages),
  } satisfies Partial<Registry>;
}

function readWhole({ content }: ArtifactStream): Promise<Uint8Array> {
  return collectContent(content);
}

/** The store answers at once, so a call is aborted before it begins or not at all. */
function unlessAborted<T>(options: CallOptions | undefined, work: () => T): T {
  options?.signal?.throwIfAborted();
  return work();
}
