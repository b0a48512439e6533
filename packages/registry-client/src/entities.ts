import type { Stage } from '@gnu-mlops/core';

/** Names and texts; MLflow's parameters and tags. */
export type Tags = { readonly [key: string]: string };

export type LifecycleStage = 'active' | 'deleted';

export type RunStatus = 'RUNNING' | 'SCHEDULED' | 'FINISHED' | 'FAILED' | 'KILLED';

export interface Experiment {
  readonly experimentId: string;
  readonly name: string;
  readonly artifactLocation: string;
  readonly lifecycleStage: LifecycleStage;
  readonly tags: Tags;
  /** Milliseconds since the epoch. */
  readonly creationTime: number;
  /** When it was last renamed, tagged, deleted or restored; milliseconds since the epoch. */
  readonly lastUpdateTime: number;
}

/** One value of a metric. */
export interface MetricPoint {
  readonly key: string;
  /** May be NaN or infinite. */
  readonly value: number;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  /** Such as the fold or the epoch; 0 where there is one value only. */
  readonly step: number;
  /** The logged model (`m-...`) that was measured: to be noted there, and not read back here. */
  readonly modelId?: string;
  /** The data set that it was measured on: noted with the logged model too. */
  readonly datasetName?: string;
  readonly datasetDigest?: string;
}

/** A value of a metric of a logged model, and the run that measured it. */
export interface ModelMetric extends MetricPoint {
  readonly runId: string;
}

/** A data set that a run read. */
export interface DatasetInput {
  readonly name: string;
  readonly digest: string;
  /** Such as `local`. */
  readonly sourceType: string;
  /** JSON text that says where the data came from. */
  readonly source: string;
  /** JSON text: columns and types. */
  readonly schema?: string;
  /** JSON text: row count and column statistics. */
  readonly profile?: string;
  /** `training`, `evaluation`, ... */
  readonly context?: string;
  /** Tags of this input beside its context. */
  readonly tags?: Tags;
}

/** A logged model that a run made, and at which step of its training. */
export interface ModelOutput {
  readonly modelId: string;
  readonly step: number;
}

export interface Run {
  readonly runId: string;
  readonly runName: string;
  readonly experimentId: string;
  readonly status: RunStatus;
  readonly startTime: number;
  readonly endTime?: number;
  readonly userId: string;
  readonly lifecycleStage: LifecycleStage;
  readonly artifactUri: string;
  /** The latest value of every metric: the greatest by (step, timestamp, value). */
  readonly metrics: { readonly [key: string]: number };
  /** The same with step and time, sorted by key. */
  readonly latestMetrics: readonly MetricPoint[];
  readonly params: Tags;
  readonly tags: Tags;
  /** The data sets that it read, in the order they were logged. */
  readonly inputs: readonly DatasetInput[];
  /** The logged models that it read: their ids. */
  readonly modelInputs: readonly string[];
  /** The logged models that it made. */
  readonly modelOutputs: readonly ModelOutput[];
}

/** A file or folder among artifacts. */
export interface Artifact {
  /** From the root of the artifacts, with `/`. */
  readonly path: string;
  readonly isFolder: boolean;
  /** Only for a file. */
  readonly sizeBytes?: number;
  /** 64 hex digits: only for a file, where the registry keeps it. */
  readonly sha256?: string;
}

/** What an artifact weighs, and the SHA-256 of its bytes as 64 hex digits. */
export interface ArtifactDigest {
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** The bytes to write: whole, or piece by piece. */
export type ArtifactContent = Uint8Array | AsyncIterable<Uint8Array>;

/** The bytes of an artifact, piece by piece. */
export interface ArtifactStream {
  /** Where it is known before the bytes are. */
  readonly sizeBytes?: number;
  /** 64 hex digits, where the registry keeps it. */
  readonly sha256?: string;
  /**
   * Can be read once. Throws ArtifactDamagedError at the end where the bytes are not those that were
   * written. Read it to its end or leave the loop: either lets go of the file or connection.
   */
  readonly content: AsyncIterable<Uint8Array>;
}

export type LoggedModelStatus = 'PENDING' | 'READY' | 'FAILED';

/** A model as a run (or nobody) logged it, with files of its own: MLflow 3's. */
export interface LoggedModel {
  /** `m-` and 32 hex digits. */
  readonly modelId: string;
  readonly name: string;
  readonly experimentId: string;
  readonly status: LoggedModelStatus;
  /** What is to say about the status; '' where nothing is. */
  readonly statusMessage: string;
  /** Such as `sklearn` or `Agent`; '' where it was not given. */
  readonly modelType: string;
  readonly sourceRunId?: string;
  readonly userId: string;
  readonly artifactUri: string;
  /** Milliseconds since the epoch. */
  readonly creationTime: number;
  readonly lastUpdatedTime: number;
  readonly params: Tags;
  readonly tags: Tags;
  /** Every value that was logged with this model's id, by key, time and step. */
  readonly metrics: readonly ModelMetric[];
}

export interface RegisteredModel {
  readonly name: string;
  readonly description: string;
  readonly creationTime: number;
  readonly lastUpdatedTime: number;
  readonly tags: Tags;
  /** Alias to version number. */
  readonly aliases: Tags;
}

/** MLflow's own stages. Deprecated there; several versions may be in one. */
export type MlflowStage = 'None' | 'Staging' | 'Production' | 'Archived';

export type ModelVersionStatus = 'PENDING_REGISTRATION' | 'FAILED_REGISTRATION' | 'READY';

export interface ModelVersion {
  readonly name: string;
  /** A whole number from 1, as text. */
  readonly version: string;
  /** Ours: moved by `moveStage` only. */
  readonly stage: Stage;
  /** MLflow's own, which follows `stage` when that moves; None where there are no such stages. */
  readonly mlflowStage: MlflowStage;
  readonly description: string;
  /** Such as `runs:/<run id>/model` or `models:/m-<model id>`. */
  readonly source: string;
  readonly runId?: string;
  readonly runLink?: string;
  /** The logged model that it came from. */
  readonly modelId?: string;
  readonly userId: string;
  readonly status: ModelVersionStatus;
  /** What is to say about the status; '' where nothing is. */
  readonly statusMessage: string;
  readonly creationTime: number;
  readonly lastUpdatedTime: number;
  readonly tags: Tags;
  readonly aliases: readonly string[];
}

/** One page of a search. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Present when there may be more. */
  readonly nextPageToken?: string;
}

/**
 * One stage move, as it was done. `hash` covers every other field and the hash before it, so that
 * a changed, removed or inserted entry shows.
 */
export interface LedgerEntry {
  /** From 1, per registry. */
  readonly sequence: number;
  readonly modelName: string;
  readonly version: string;
  readonly fromStage: Stage;
  readonly toStage: Stage;
  /** The version that held `toStage` before and was archived; null when none. */
  readonly displacedVersion: string | null;
  readonly actor: string;
  readonly reason: string;
  /** JSON text. */
  readonly evidence: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The `hash` of the same model's entry before; 64 zeros for its first. */
  readonly previousHash: string;
  readonly hash: string;
}
