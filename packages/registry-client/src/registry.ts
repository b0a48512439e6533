import type { Stage } from '@gnu-mlops/core';
import type {
  Artifact,
  DatasetInput,
  Experiment,
  LedgerEntry,
  MetricPoint,
  ModelVersion,
  Page,
  RegisteredModel,
  Run,
  RunStatus,
  Tags,
} from './entities.ts';

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
  /** The artifact folder of the model, such as `runs:/<run_id>/model`. */
  readonly source: string;
  readonly runId?: string;
  readonly description?: string;
  readonly tags?: Tags;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
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
 * Experiments, runs, artifacts, registered models and their versions, wherever they are kept.
 * Every method throws a coded error of this package; look-ups by name or alias give undefined where
 * there is nothing, and reject when the registry cannot be reached.
 */
export interface Registry {
  /** The URI it was opened by, without credentials. */
  readonly uri: string;

  createExperiment(name: string, options?: { readonly tags?: Tags }): Promise<Experiment>;
  /** The experiment of that name, made when it is not there yet. */
  ensureExperiment(name: string): Promise<Experiment>;
  getExperiment(experimentId: string): Promise<Experiment>;
  findExperiment(name: string): Promise<Experiment | undefined>;
  searchExperiments(request?: SearchExperimentsRequest): Promise<Page<Experiment>>;
  /** Mark an experiment and its runs as deleted; they can be read and restored. */
  deleteExperiment(experimentId: string): Promise<void>;
  /** Bring back an experiment and the runs that were deleted with it. */
  restoreExperiment(experimentId: string): Promise<void>;

  createRun(run: NewRun): Promise<Run>;
  getRun(runId: string): Promise<Run>;
  updateRun(runId: string, update: RunUpdate): Promise<void>;
  /** Metrics, parameters and tags in one step. A parameter cannot change once it is written. */
  logBatch(runId: string, batch: RunBatch): Promise<void>;
  logInputs(runId: string, datasets: readonly DatasetInput[]): Promise<void>;
  searchRuns(request: SearchRunsRequest): Promise<Page<Run>>;
  /** Mark a run as deleted: it can be read and restored, not written. */
  deleteRun(runId: string): Promise<void>;
  restoreRun(runId: string): Promise<void>;
  /** Every value of a metric, by time and then by step. */
  getMetricHistory(runId: string, key: string): Promise<readonly MetricPoint[]>;

  /** Write one artifact of a run whole, replacing what was there. Paths use `/`. */
  uploadArtifact(runId: string, path: string, content: Uint8Array): Promise<void>;
  downloadArtifact(runId: string, path: string): Promise<Uint8Array>;
  /** The entries right below a folder of the run's artifacts, sorted by path. */
  listArtifacts(runId: string, folder?: string): Promise<readonly Artifact[]>;

  createRegisteredModel(
    name: string,
    options?: { readonly description?: string; readonly tags?: Tags },
  ): Promise<RegisteredModel>;
  ensureRegisteredModel(name: string): Promise<RegisteredModel>;
  findRegisteredModel(name: string): Promise<RegisteredModel | undefined>;
  updateRegisteredModel(name: string, update: { readonly description: string }): Promise<void>;
  setRegisteredModelTag(name: string, key: string, value: string): Promise<void>;
  searchRegisteredModels(request?: SearchRequest): Promise<Page<RegisteredModel>>;

  /** The next version of a registered model, in stage None. */
  createModelVersion(version: NewModelVersion): Promise<ModelVersion>;
  getModelVersion(name: string, version: string): Promise<ModelVersion>;
  updateModelVersion(
    name: string,
    version: string,
    update: { readonly description: string },
  ): Promise<void>;
  setModelVersionTag(name: string, version: string, key: string, value: string): Promise<void>;
  searchModelVersions(request?: SearchRequest): Promise<Page<ModelVersion>>;
  /** One file of a version's model folder. */
  downloadModelFile(name: string, version: string, path: string): Promise<Uint8Array>;

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
  /** Every stage move of a model, oldest first. */
  readLedger(name: string): Promise<readonly LedgerEntry[]>;

  close(): Promise<void>;
}
