import type { CallOptions } from '../call-options.ts';
import { RegisteredModelNotFoundError } from '../not-found-errors.ts';
import { OperationUnsupportedError } from '../store-errors.ts';
import {
  iterateLoggedModels,
  iterateMetricHistory,
  iterateModelVersions,
  iterateRuns,
} from '../iterate-pages.ts';
import type { Registry } from '../registry.ts';
import { quoteFilterText } from '../search/quote-filter-text.ts';
import { walkArtifacts } from '../walk-artifacts.ts';
import type { TransferSource } from './transfer-source.ts';
import { walkModelFiles } from './walk-model-files.ts';

/** A registry as something to copy from. */
export function registrySource(registry: Registry, options: CallOptions): TransferSource {
  return {
    uri: registry.uri,
    getExperiment: (experimentId) => registry.getExperiment(experimentId),
    runs: (experimentId) => iterateRuns(registry, { experimentIds: [experimentId] }, options),
    getRun: (runId) => registry.getRun(runId),
    async *metricHistory({ runId, latestMetrics }) {
      for (const { key } of latestMetrics) {
        yield* iterateMetricHistory(registry, { runId, key }, options);
      }
    },

    async *loggedModels(experimentId) {
      try {
        yield* iterateLoggedModels(registry, { experimentIds: [experimentId] }, options);
      } catch (error) {
        // A server that knows no logged models (MLflow 2) has none.
        if (!(error instanceof OperationUnsupportedError)) throw error;
      }
    },
    getLoggedModel: (modelId) => registry.getLoggedModel(modelId),

    files: (ownerId) => walkArtifacts(registry, { ownerId }, options),
    openFile: (ownerId, path) => registry.openArtifact(ownerId, path, options),

    async getModel(name) {
      const model = await registry.findRegisteredModel(name);
      if (model === undefined) throw new RegisteredModelNotFoundError(name);
      return model;
    },
    versions: (name) =>
      iterateModelVersions(registry, { filter: `name = ${quoteFilterText(name)}` }, options),
    ledger: (name) => registry.readLedger(name),
    versionFiles: (version) => walkModelFiles(registry, version, options),
    openVersionFile: ({ name, version }, path) =>
      registry.openModelFile(name, version, path, options),
  };
}
