import type { DatasetInput, MetricPoint, RunStatus } from '../entities.ts';
import { ParamConflictError } from '../conflict-errors.ts';
import type { OfflineEntry, OfflineStart, WrittenBatch } from './offline-entry.ts';

/** A file of an offline run. */
export interface OfflineArtifact {
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** What the entries of a journal come to. */
export interface OfflineRunState {
  readonly start: OfflineStart;
  readonly runName: string | undefined;
  readonly status: RunStatus;
  readonly endTime: number | undefined;
  readonly params: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
  readonly metrics: ReadonlyMap<string, readonly MetricPoint[]>;
  readonly inputs: readonly DatasetInput[];
  /** By path. */
  readonly artifacts: ReadonlyMap<string, OfflineArtifact>;
}

/**
 * Follow the entries of a journal from its start.
 *
 * @throws {ParamConflictError} when a parameter would change.
 */
export function replayEntries(
  start: OfflineStart,
  entries: Iterable<OfflineEntry>,
): OfflineRunState {
  const params = new Map<string, string>();
  const tags = new Map(Object.entries(start.tags ?? {}));
  const metrics = new Map<string, MetricPoint[]>();
  const inputs: DatasetInput[] = [];
  const artifacts = new Map<string, OfflineArtifact>();
  let { runName } = start;
  let status: RunStatus = 'RUNNING';
  let endTime: number | undefined;

  for (const entry of entries) {
    if (entry.kind === 'inputs') inputs.push(...entry.datasets);
    if (entry.kind === 'artifact') artifacts.set(entry.path, entry);
    if (entry.kind === 'update') {
      runName = entry.runName ?? runName;
      status = entry.status ?? status;
      endTime = entry.endTime ?? endTime;
    }
    if (entry.kind === 'batch') {
      checkParams(start.runId, entry, params);
      for (const [key, value] of Object.entries(entry.params ?? {})) params.set(key, value);
      for (const [key, value] of Object.entries(entry.tags ?? {})) tags.set(key, value);
      for (const point of entry.metrics ?? []) {
        const points = metrics.get(point.key) ?? [];
        points.push({ ...point, value: Number(point.value) });
        metrics.set(point.key, points);
      }
    }
  }
  return { start, runName, status, endTime, params, tags, metrics, inputs, artifacts };
}

/** @throws {ParamConflictError} when a batch would change a parameter. */
export function checkParams(
  runId: string,
  { params = {} }: Pick<WrittenBatch, 'params'>,
  written: ReadonlyMap<string, string>,
): void {
  for (const [key, value] of Object.entries(params)) {
    const old = written.get(key);
    if (old !== undefined && old !== value) {
      throw new ParamConflictError(runId, key, { old, new: value });
    }
  }
}
