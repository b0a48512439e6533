import { collectContent } from '../collect-content.ts';
import type { Registry } from '../registry.ts';
import { unsupportedOperations } from '../unsupported-operations.ts';
import { deleteAlias, findVersionByAlias, setAlias } from './aliases.ts';
import * as artifacts from './artifacts.ts';
import * as experiments from './experiments.ts';
import { createHttpClient } from './http-client.ts';
import type { HttpRegistryOptions } from './http-options.ts';
import { getMetricHistory, logBatch } from './log-batch.ts';
import * as versions from './model-versions.ts';
import * as models from './registered-models.ts';
import type { Remote } from './remote.ts';
import * as runs from './runs.ts';
import { findVersionByStage, moveStage, readLedger } from './stages.ts';

/** What surrounds a registry on a server. */
export interface RemoteSurroundings extends HttpRegistryOptions {
  readonly now: () => number;
  readonly userId: string;
}

/**
 * A registry on an MLflow server. Nothing is sent before it is used.
 *
 * @param server its address with the prefix it is served under, without credentials.
 */
export function openHttpRegistry(server: string, surroundings: RemoteSurroundings): Registry {
  const client = createHttpClient(server, surroundings);
  return createRegistry({ client, now: surroundings.now, userId: surroundings.userId });
}

const notOnServers = 'it is offered by the embedded registry only.';

/** Every method is asynchronous, so that what goes wrong always arrives as a rejection. */
function createRegistry(remote: Remote): Registry {
  return {
    uri: remote.client.server,
    ...unsupportedOperations(remote.client.server, {
      updateExperiment: notOnServers,
      setExperimentTag: notOnServers,
      deleteExperimentTag: notOnServers,
      logModels: notOnServers,
      deleteRunTag: notOnServers,
      getMetricPage: notOnServers,
      createLoggedModel: notOnServers,
      getLoggedModel: notOnServers,
      finalizeLoggedModel: notOnServers,
      logLoggedModelParams: notOnServers,
      setLoggedModelTags: notOnServers,
      deleteLoggedModelTag: notOnServers,
      searchLoggedModels: notOnServers,
      deleteLoggedModel: notOnServers,
      openArtifact: notOnServers,
      deleteArtifact: notOnServers,
      renameRegisteredModel: notOnServers,
      deleteRegisteredModelTag: notOnServers,
      deleteRegisteredModel: notOnServers,
      deleteModelVersionTag: notOnServers,
      deleteModelVersion: notOnServers,
      getDownloadUri: notOnServers,
      listModelFiles: notOnServers,
      openModelFile: notOnServers,
      moveMlflowStage: notOnServers,
      findLatestVersions: notOnServers,
      collectGarbage: notOnServers,
    }),
    createExperiment: async (name, options) =>
      experiments.createExperiment(remote, name, options?.tags ?? {}),
    ensureExperiment: async (name) => experiments.ensureExperiment(remote, name),
    getExperiment: async (experimentId) => experiments.getExperiment(remote, experimentId),
    findExperiment: async (name) => experiments.findExperiment(remote, name),
    searchExperiments: async (request = {}) => experiments.searchExperiments(remote, request),
    deleteExperiment: async (id) => experiments.moveExperiment(remote, id, 'delete'),
    restoreExperiment: async (id) => experiments.moveExperiment(remote, id, 'restore'),

    createRun: async (run) => runs.createRun(remote, run),
    getRun: async (runId) => runs.getRun(remote, runId),
    updateRun: async (runId, update) => runs.updateRun(remote, runId, update),
    deleteRun: async (runId) => runs.moveRun(remote, runId, 'delete'),
    restoreRun: async (runId) => runs.moveRun(remote, runId, 'restore'),
    logBatch: async (runId, batch) => logBatch(remote, runId, batch),
    logInputs: async (runId, datasets) => runs.logInputs(remote, runId, datasets),
    searchRuns: async (request) => runs.searchRuns(remote, request),
    getMetricHistory: async (runId, key) => getMetricHistory(remote, runId, key),

    uploadArtifact: async (runId, path, content) =>
      artifacts.uploadArtifact(remote, { runId, path }, await collectContent(content)),
    downloadArtifact: async (runId, path) => artifacts.downloadArtifact(remote, runId, path),
    listArtifacts: async (runId, folder) => artifacts.listArtifacts(remote, runId, folder),

    createRegisteredModel: async (name, options = {}) =>
      models.createRegisteredModel(remote, name, options),
    ensureRegisteredModel: async (name) => models.ensureRegisteredModel(remote, name),
    findRegisteredModel: async (name) => models.findRegisteredModel(remote, name),
    updateRegisteredModel: async (name, { description }) =>
      models.updateRegisteredModel(remote, name, description),
    setRegisteredModelTag: async (name, key, value) =>
      models.setRegisteredModelTag(remote, name, { key, value }),
    searchRegisteredModels: async (request = {}) => models.searchRegisteredModels(remote, request),

    createModelVersion: async (version) => versions.createModelVersion(remote, version),
    getModelVersion: async (name, version) => versions.getModelVersion(remote, name, version),
    updateModelVersion: async (name, version, { description }) =>
      versions.updateModelVersion(remote, { name, version }, description),
    setModelVersionTag: async (name, version, key, value) =>
      versions.setModelVersionTag(remote, { name, version }, { key, value }),
    searchModelVersions: async (request = {}) => versions.searchModelVersions(remote, request),
    downloadModelFile: async (name, version, path) =>
      artifacts.downloadModelFile(remote, { name, version }, path),

    setAlias: async (name, alias, version) => setAlias(remote, { name, version }, alias),
    deleteAlias: async (name, alias) => deleteAlias(remote, name, alias),
    findVersionByAlias: async (name, alias) => findVersionByAlias(remote, name, alias),

    findVersionByStage: async (name, stage) => findVersionByStage(remote, name, stage),
    moveStage: async (move) => moveStage(remote, move),
    readLedger: async (name) => readLedger(remote, name),

    close: async () => remote.client.close(),
  };
}
