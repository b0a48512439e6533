import { collectContent } from '../collect-content.ts';
import type { Registry } from '../registry.ts';
import * as artifacts from './artifacts.ts';
import * as experiments from './experiments.ts';
import { logBatch } from './log-batch.ts';
import * as loggedModels from './logged-models.ts';
import { getMetricHistory, getMetricPage } from './metric-history.ts';
import type { Remote } from './remote.ts';
import * as runs from './runs.ts';
import { searchLoggedModels } from './search-logged-models.ts';

/** What is about experiments, runs, logged models and their artifacts. */
export type TrackingMethod =
  | `${'create' | 'ensure' | 'get' | 'find' | 'update' | 'delete' | 'restore'}Experiment`
  | 'searchExperiments'
  | `${'set' | 'delete'}ExperimentTag`
  | `${'create' | 'get' | 'update' | 'delete' | 'restore'}Run`
  | 'searchRuns'
  | 'deleteRunTag'
  | `log${'Batch' | 'Inputs' | 'Models'}`
  | `getMetric${'History' | 'Page'}`
  | `${'create' | 'get' | 'finalize' | 'delete'}LoggedModel`
  | 'logLoggedModelParams'
  | 'setLoggedModelTags'
  | 'deleteLoggedModelTag'
  | 'searchLoggedModels'
  | `${'upload' | 'download' | 'open' | 'delete'}Artifact`
  | 'listArtifacts';

/** Every method is asynchronous, so that what goes wrong always arrives as a rejection. */
export function trackingMethods(remote: Remote): Pick<Registry, TrackingMethod> {
  return {
    createExperiment: async (name, experiment = {}) =>
      experiments.createExperiment(remote, name, experiment),
    ensureExperiment: async (name) => experiments.ensureExperiment(remote, name),
    getExperiment: async (experimentId) => experiments.getExperiment(remote, experimentId),
    findExperiment: async (name) => experiments.findExperiment(remote, name),
    searchExperiments: async (request = {}, options = {}) =>
      experiments.searchExperiments(remote, request, options),
    updateExperiment: async (id, { name }) => experiments.renameExperiment(remote, id, name),
    setExperimentTag: async (id, key, value) =>
      experiments.setExperimentTag(remote, id, { key, value }),
    deleteExperimentTag: async (id, key) => experiments.deleteExperimentTag(remote, id, key),
    deleteExperiment: async (id) => experiments.moveExperiment(remote, id, 'delete'),
    restoreExperiment: async (id) => experiments.moveExperiment(remote, id, 'restore'),

    createRun: async (run) => runs.createRun(remote, run),
    getRun: async (runId) => runs.getRun(remote, runId),
    updateRun: async (runId, update) => runs.updateRun(remote, runId, update),
    deleteRun: async (runId) => runs.moveRun(remote, runId, 'delete'),
    restoreRun: async (runId) => runs.moveRun(remote, runId, 'restore'),
    logBatch: async (runId, batch, options = {}) =>
      logBatch(remote, runId, { ...batch, ...options }),
    logInputs: async (runId, datasets) => runs.logInputs(remote, runId, datasets),
    logModels: async (runId, models) => runs.logModels(remote, runId, models),
    deleteRunTag: async (runId, key) => runs.deleteRunTag(remote, runId, key),
    searchRuns: async (request, options = {}) => runs.searchRuns(remote, request, options),
    getMetricHistory: async (runId, key, options = {}) =>
      getMetricHistory(remote, { runId, key }, options),
    getMetricPage: async (runId, key, request) => getMetricPage(remote, { runId, key }, request),

    createLoggedModel: async (model) => loggedModels.createLoggedModel(remote, model),
    getLoggedModel: async (modelId) => loggedModels.getLoggedModel(remote, modelId),
    finalizeLoggedModel: async (modelId, status) =>
      loggedModels.finalizeLoggedModel(remote, modelId, status),
    logLoggedModelParams: async (modelId, params) =>
      loggedModels.logLoggedModelParams(remote, modelId, params),
    setLoggedModelTags: async (modelId, tags) =>
      loggedModels.setLoggedModelTags(remote, modelId, tags),
    deleteLoggedModelTag: async (modelId, key) =>
      loggedModels.deleteLoggedModelTag(remote, modelId, key),
    searchLoggedModels: async (request, options = {}) =>
      searchLoggedModels(remote, request, options),
    deleteLoggedModel: async (modelId) => loggedModels.deleteLoggedModel(remote, modelId),

    uploadArtifact: async (ownerId, path, content, options = {}) =>
      artifacts.uploadArtifact(remote, { ownerId, path }, { content, ...options }),
    downloadArtifact: async (ownerId, path, options = {}) =>
      collectContent((await artifacts.openArtifact(remote, { ownerId, path }, options)).content),
    openArtifact: async (ownerId, path, options = {}) =>
      artifacts.openArtifact(remote, { ownerId, path }, options),
    listArtifacts: async (ownerId, folder, options = {}) =>
      artifacts.listArtifacts(remote, { ownerId, folder }, options),
    deleteArtifact: async (ownerId, path) => artifacts.deleteArtifact(remote, { ownerId, path }),
  };
}
