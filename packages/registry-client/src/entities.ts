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
  readonly params: Tags;
  readonly tags: Tags;
  readonly inputs: readonly DatasetInput[];
}

/** A file or folder among artifacts. */
export interface Artifact {
  /** From the root of the artifacts, with `/`. */
  readonly path: string;
  readonly isFolder: boolean;
  /** Only for a file. */
  readonly sizeBytes?: number;
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

export interface ModelVersion {
  readonly name: string;
  /** A whole number from 1, as text. */
  readonly version: string;
  readonly stage: Stage;
  readonly description: string;
  readonly source: string;
  readonly runId?: string;
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
