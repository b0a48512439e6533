import type { Stage } from '@gnu-mlops/core';
import type { CallOptions, UploadOptions } from './call-options.ts';
import type {
  Artifact,
  ArtifactContent,
  ArtifactDigest,
  ArtifactStream,
  DatasetInput,
  Experiment,
  LedgerEntry,
  LoggedModel,
  MetricPoint,
  MlflowStage,
  ModelVersion,
  Page,
  RegisteredModel,
  Run,
  RunStatus,
  Tags,
} from './entities.ts';
import type { GarbageReport, GarbageRequest } from './garbage.ts';
import type {
  FinalLoggedModelStatus,
  NewLoggedModel,
  RunModels,
  SearchLoggedModelsRequest,
} from './logged-model-requests.ts';

/** A page to fetch; `pageToken` comes from the page before it. */
export interface PageRequest {
  readonly maxResults?: number;
  readonly pageToken?: string;
}

/** What to search, in MLflow's filter grammar: `metrics.f1 > 0.8 AND tags.team = 'crm'`. */
export interface SearchRequest extends PageRequest {
  readonly filter?: string;
  /** Such as `metrics.f1 DESC` or `attributes.start_time ASC`. */
  readonly orderBy?: readonly string[];
}

/** Which of the deleted and not deleted to see; default: `active`. */
export type SearchView = 'active' | 'deleted' | 'all';

export interface SearchExperimentsRequest extends SearchRequest {
  readonly view?: SearchView;
}

export interface SearchRunsRequest extends SearchRequest {
  readonly experimentIds: readonly string[];
  readonly view?: SearchView;
}

export interface NewExperiment {
  readonly tags?: Tags;
  /**
   * Where the artifacts of its runs lie; default: with the registry. Artifacts at another location
   * than the registry's own are not read or written through it.
   */
  readonly artifactLocation?: string;
}

export interface NewRun {
  readonly experimentId: string;
  readonly runName?: string;
  /** Milliseconds since the epoch. */
  readonly startTime: number;
  readonly userId?: string;
  readonly tags?: Tags;
}

export interface RunUpdate {
  readonly status?: RunStatus;
  /** Milliseconds since the epoch. */
  readonly endTime?: number;
  readonly runName?: string;
}

export interface RunBatch {
  readonly metrics?: readonly MetricPoint[];
  readonly params?: Tags;
  readonly tags?: Tags;
}

export interface NewModelVersion {
  readonly name: string;
  /** The artifact folder of the model: `runs:/<run id>/model`, `models:/m-<model id>`, or any URI. */
  readonly source: string;
  readonly runId?: string;
  readonly runLink?: string;
  /** The logged model that it comes from; default: that of a `models:/m-...` source. */
  readonly modelId?: string;
  readonly description?: string;
  readonly tags?: Tags;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** A move in MLflow's own stages, which our stages, gates and ledger know nothing of. */
export interface MlflowStageMove {
  readonly name: string;
  readonly version: string;
  readonly stage: MlflowStage;
  /** What becomes of the other versions in that stage; default `keep`. */
  readonly others?: 'keep' | 'archive';
}

/** One atomic move of a version to a stage, refused when the world is not as the caller saw it. */
export interface StageMove {
  readonly name: string;
  readonly version: string;
  readonly stage: Stage;
  /**
   * The version that the caller saw holding `stage` (null: none). When another one holds it by now,
   * nothing changes and STAGE_CONFLICT is thrown, so that two deployers cannot both win.
   */
  readonly expectedHolder: string | null;
  /**
   * The stage that the caller saw the version in. When it is elsewhere by now, nothing changes and
   * VERSION_CONFLICT is thrown. Default: wherever it is.
   */
  readonly expectedStage?: Stage;
  /** Tags written to the moved version in the same step. */
  readonly tags?: Tags;
  readonly description?: string;
  /** What the ledger says about the move. */
  readonly actor: string;
  readonly reason: string;
  /** JSON text: gate verdicts, metrics, the plan that was applied. */
  readonly evidence: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * Experiments, runs, logged models, artifacts, registered models and their versions, wherever they
 * are kept. Every method throws a coded error of this package; look-ups by name or alias give
 * undefined where there is nothing, and reject when the registry cannot be reached. What a backend
 * cannot do by its nature throws OperationUnsupportedError before anything is sent.
 */
export interface Registry {
  /** The URI it was opened by, without credentials. */
  readonly uri: string;

  createExperiment(name: string, experiment?: NewExperiment): Promise<Experiment>;
  /** The experiment of that name, made when it is not there yet. */
  ensureExperiment(name: string): Promise<Experiment>;
  getExperiment(experimentId: string): Promise<Experiment>;
  /** Also a deleted one. */
  findExperiment(name: string): Promise<Experiment | undefined>;
  searchExperiments(
    request?: SearchExperimentsRequest,
    options?: CallOptions,
  ): Promise<Page<Experiment>>;
  /** Rename it. */
  updateExperiment(experimentId: string, update: { readonly name: string }): Promise<void>;
  setExperimentTag(experimentId: string, key: string, value: string): Promise<void>;
  /** @throws {TagNotFoundError} */
  deleteExperimentTag(experimentId: string, key: string): Promise<void>;
  /** Mark an experiment and its runs as deleted; they can be read and restored. */
  deleteExperiment(experimentId: string): Promise<void>;
  /** Bring back an experiment and the runs that were deleted with it. */
  restoreExperiment(experimentId: string): Promise<void>;

  createRun(run: NewRun): Promise<Run>;
  getRun(runId: string): Promise<Run>;
  updateRun(runId: string, update: RunUpdate): Promise<void>;
  /** Metrics, parameters and tags in one step. A parameter cannot change once it is written. */
  logBatch(runId: string, batch: RunBatch, options?: CallOptions): Promise<void>;
  logInputs(runId: string, datasets: readonly DatasetInput[]): Promise<void>;
  /** Note which logged models the run read and made. The same again changes nothing. */
  logModels(runId: string, models: RunModels): Promise<void>;
  /** @throws {TagNotFoundError} */
  deleteRunTag(runId: string, key: string): Promise<void>;
  searchRuns(request: SearchRunsRequest, options?: CallOptions): Promise<Page<Run>>;
  /** Mark a run as deleted: it can be read and restored, not written. */
  deleteRun(runId: string): Promise<void>;
  restoreRun(runId: string): Promise<void>;
  /** Every value of a metric, by time and then by step. */
  getMetricHistory(
    runId: string,
    key: string,
    options?: CallOptions,
  ): Promise<readonly MetricPoint[]>;
  /** The same, a page at a time: at most 25,000 values. */
  getMetricPage(
    runId: string,
    key: string,
    request: PageRequest & CallOptions,
  ): Promise<Page<MetricPoint>>;

  /** The values of metrics that name a logged model are logged with `logBatch`. */
  createLoggedModel(model: NewLoggedModel): Promise<LoggedModel>;
  /** @throws {LoggedModelNotFoundError} also for a deleted one. */
  getLoggedModel(modelId: string): Promise<LoggedModel>;
  finalizeLoggedModel(modelId: string, status: FinalLoggedModelStatus): Promise<LoggedModel>;
  /** A parameter cannot change once it is written. */
  logLoggedModelParams(modelId: string, params: Tags): Promise<void>;
  setLoggedModelTags(modelId: string, tags: Tags): Promise<void>;
  /** @throws {TagNotFoundError} */
  deleteLoggedModelTag(modelId: string, key: string): Promise<void>;
  searchLoggedModels(
    request: SearchLoggedModelsRequest,
    options?: CallOptions,
  ): Promise<Page<LoggedModel>>;
  /** It can no longer be found; its files can be read until garbage is collected. */
  deleteLoggedModel(modelId: string): Promise<void>;

  /**
   * Write one artifact whole, replacing what was there. Paths use `/`.
   *
   * @param ownerId a run, or a logged model (`m-...`); in all methods for artifacts.
   */
  uploadArtifact(
    ownerId: string,
    path: string,
    content: ArtifactContent,
    options?: UploadOptions,
  ): Promise<ArtifactDigest>;
  downloadArtifact(ownerId: string, path: string, options?: CallOptions): Promise<Uint8Array>;
  /** The same as a stream, for what may not fit into memory. */
  openArtifact(ownerId: string, path: string, options?: CallOptions): Promise<ArtifactStream>;
  /** The entries right below a folder of the artifacts, sorted by path; none where there is none. */
  listArtifacts(
    ownerId: string,
    folder?: string,
    options?: CallOptions,
  ): Promise<readonly Artifact[]>;
  /** Delete a file, or a folder with everything in it. @throws {ArtifactNotFoundError} */
  deleteArtifact(ownerId: string, path: string): Promise<void>;

  createRegisteredModel(
    name: string,
    options?: { readonly description?: string; readonly tags?: Tags },
  ): Promise<RegisteredModel>;
  ensureRegisteredModel(name: string): Promise<RegisteredModel>;
  findRegisteredModel(name: string): Promise<RegisteredModel | undefined>;
  updateRegisteredModel(name: string, update: { readonly description: string }): Promise<void>;
  /** Versions, tags, aliases, stages and ledger go with it. */
  renameRegisteredModel(name: string, newName: string): Promise<void>;
  setRegisteredModelTag(name: string, key: string, value: string): Promise<void>;
  /** A tag that is not there is fine, as in MLflow. */
  deleteRegisteredModelTag(name: string, key: string): Promise<void>;
  searchRegisteredModels(
    request?: SearchRequest,
    options?: CallOptions,
  ): Promise<Page<RegisteredModel>>;
  /**
   * Delete a model and its versions for good; what the ledger says of them stays.
   *
   * @throws {StageHeldError} while one of its versions is in Staging or GNU_Production.
   */
  deleteRegisteredModel(name: string): Promise<void>;

  /** The next version of a registered model, in stage None. Numbers of deleted ones do not return. */
  createModelVersion(version: NewModelVersion): Promise<ModelVersion>;
  getModelVersion(name: string, version: string): Promise<ModelVersion>;
  updateModelVersion(
    name: string,
    version: string,
    update: { readonly description: string },
  ): Promise<void>;
  setModelVersionTag(name: string, version: string, key: string, value: string): Promise<void>;
  /** A tag that is not there is fine, as in MLflow. */
  deleteModelVersionTag(name: string, version: string, key: string): Promise<void>;
  searchModelVersions(request?: SearchRequest, options?: CallOptions): Promise<Page<ModelVersion>>;
  /**
   * Delete a version for good, with its tags and aliases.
   *
   * @throws {StageHeldError} while it is in Staging or GNU_Production.
   */
  deleteModelVersion(name: string, version: string): Promise<void>;
  /** Where the files of a version lie: a URI that MLflow's clients can load. */
  getDownloadUri(name: string, version: string): Promise<string>;
  /** The entries right below a folder of a version's model folder, sorted by path. */
  listModelFiles(
    name: string,
    version: string,
    options?: CallOptions & { readonly folder?: string },
  ): Promise<readonly Artifact[]>;
  /** One file of a version's model folder. */
  downloadModelFile(
    name: string,
    version: string,
    path: string,
    options?: CallOptions,
  ): Promise<Uint8Array>;
  openModelFile(
    name: string,
    version: string,
    path: string,
    options?: CallOptions,
  ): Promise<ArtifactStream>;

  setAlias(name: string, alias: string, version: string): Promise<void>;
  deleteAlias(name: string, alias: string): Promise<void>;
  findVersionByAlias(name: string, alias: string): Promise<ModelVersion | undefined>;

  /** The version that holds a stage: at most one does for Staging and GNU_Production. */
  findVersionByStage(
    name: string,
    stage: 'Staging' | 'GNU_Production',
  ): Promise<ModelVersion | undefined>;
  /**
   * Move a version to a stage, archive the version that held it, and append to the ledger: all or
   * nothing. Returns the ledger entry.
   *
   * @throws {StageConflictError} when another version than `expectedHolder` holds the stage.
   * @throws {VersionConflictError} when the version is not in `expectedStage`.
   */
  moveStage(move: StageMove): Promise<LedgerEntry>;
  /** Every stage move of a model, oldest first; also of a deleted one, and under earlier names. */
  readLedger(name: string): Promise<readonly LedgerEntry[]>;
  /** Move a version in MLflow's own stages; ours do not follow. */
  moveMlflowStage(move: MlflowStageMove): Promise<ModelVersion>;
  /** The newest version in each of MLflow's stages, or in those asked for. */
  findLatestVersions(
    name: string,
    stages?: readonly MlflowStage[],
  ): Promise<readonly ModelVersion[]>;

  /**
   * Remove for good what was deleted long enough ago, and files that nothing refers to any more. It
   * is safe while others read and write. Only the embedded registry does it.
   */
  collectGarbage(request: GarbageRequest, options?: CallOptions): Promise<GarbageReport>;

  close(): Promise<void>;
}
