import type {
  Artifact,
  ArtifactStream,
  Experiment,
  LedgerEntry,
  LoggedModel,
  MetricPoint,
  ModelVersion,
  RegisteredModel,
  Run,
} from '../entities.ts';

/**
 * What a copy reads: a registry is one, and so is a folder that was exported or logged to offline.
 * Methods throw what those of a registry throw.
 */
export interface TransferSource {
  /** Where everything comes from, without credentials. */
  readonly uri: string;

  getExperiment(experimentId: string): Promise<Experiment>;
  /** Those that are not deleted. */
  runs(experimentId: string): AsyncIterable<Run>;
  getRun(runId: string): Promise<Run>;
  /** Every value of every metric. */
  metricHistory(run: Run): AsyncIterable<MetricPoint>;

  loggedModels(experimentId: string): AsyncIterable<LoggedModel>;
  getLoggedModel(modelId: string): Promise<LoggedModel>;

  /** Every file of a run or a logged model, however deep. */
  files(ownerId: string): AsyncIterable<Artifact>;
  openFile(ownerId: string, path: string): Promise<ArtifactStream>;

  getModel(name: string): Promise<RegisteredModel>;
  versions(name: string): AsyncIterable<ModelVersion>;
  ledger(name: string): Promise<readonly LedgerEntry[]>;
  /** Every file of a version's model folder, for one that comes from no run and no logged model. */
  versionFiles(version: ModelVersion): AsyncIterable<Artifact>;
  openVersionFile(version: ModelVersion, path: string): Promise<ArtifactStream>;
}
