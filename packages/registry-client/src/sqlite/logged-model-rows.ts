import type { LoggedModel, LoggedModelStatus, MetricPoint, ModelMetric } from '../entities.ts';
import { LoggedModelNotFoundError } from '../not-found-errors.ts';
import { experimentLocation, ownerUri } from './artifact-uris.ts';
import { type PointRow, toColumn, toPoint } from './metric-rows.ts';
import type { Store } from './store.ts';
import { type TagRow, toTags } from './tag-rows.ts';

/** A row of the table `logged_models`. */
export interface LoggedModelRow {
  readonly model_id: string;
  readonly experiment_id: number;
  readonly name: string;
  readonly status: LoggedModelStatus;
  readonly status_message: string;
  readonly model_type: string;
  readonly source_run_id: string | null;
  readonly user_id: string;
  readonly creation_time: number;
  readonly last_updated_time: number;
  readonly deleted_time: number | null;
}

interface MetricRow extends PointRow {
  readonly run_id: string;
  readonly dataset_name: string | null;
  readonly dataset_digest: string | null;
}

/** @throws {LoggedModelNotFoundError} also for a deleted one. */
export function loggedModelRow(store: Store, modelId: string): LoggedModelRow {
  const row = anyLoggedModelRow(store, modelId);
  if (row.deleted_time !== null) throw new LoggedModelNotFoundError(modelId);
  return row;
}

/** As {@link loggedModelRow}, also a deleted one. @throws {LoggedModelNotFoundError} */
export function anyLoggedModelRow(store: Store, modelId: string): LoggedModelRow {
  const row = store.db.get<LoggedModelRow>('SELECT * FROM logged_models WHERE model_id = ?', [
    String(modelId),
  ]);
  if (row === undefined) throw new LoggedModelNotFoundError(modelId);
  return row;
}

/** Note that a logged model changed just now. */
export function touchLoggedModel(store: Store, modelId: string): void {
  store.db.run('UPDATE logged_models SET last_updated_time = ? WHERE model_id = ?', [
    store.now(),
    modelId,
  ]);
}

/** Write a value that a run measured of a logged model, inside a write. */
export function writeModelMetric(
  store: Store,
  modelId: string,
  point: MetricPoint & { readonly runId: string },
): void {
  loggedModelRow(store, modelId);
  store.db.run(
    `INSERT INTO logged_model_metrics
       (model_id, key, value, timestamp, step, run_id, dataset_name, dataset_digest)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    [
      modelId,
      point.key,
      toColumn(point.value),
      point.timestamp,
      point.step,
      point.runId,
      point.datasetName ?? null,
      point.datasetDigest ?? null,
    ],
  );
}

/** A row with its parameters, tags and metrics. */
export function toLoggedModel(store: Store, row: LoggedModelRow): LoggedModel {
  const { model_id: modelId } = row;
  const location = store.db.get<{ experiment_id: number; artifact_location: string | null }>(
    'SELECT experiment_id, artifact_location FROM experiments WHERE experiment_id = ?',
    [row.experiment_id],
  )!;
  const find = <Found>(table: string, order: string) =>
    store.db.all<Found>(`SELECT * FROM ${table} WHERE model_id = ? ORDER BY ${order}`, [modelId]);
  return {
    modelId,
    name: row.name,
    experimentId: String(row.experiment_id),
    status: row.status,
    statusMessage: row.status_message,
    modelType: row.model_type,
    ...(row.source_run_id === null ? {} : { sourceRunId: row.source_run_id }),
    userId: row.user_id,
    artifactUri: ownerUri(experimentLocation(location), modelId),
    creationTime: row.creation_time,
    lastUpdatedTime: row.last_updated_time,
    params: toTags(find<TagRow>('logged_model_params', 'key')),
    tags: toTags(find<TagRow>('logged_model_tags', 'key')),
    metrics: find<MetricRow>('logged_model_metrics', 'key, timestamp, step, rowid').map(toMetric),
  };
}

function toMetric(row: MetricRow): ModelMetric {
  return {
    ...toPoint(row),
    runId: row.run_id,
    ...(row.dataset_name === null ? {} : { datasetName: row.dataset_name }),
    ...(row.dataset_digest === null ? {} : { datasetDigest: row.dataset_digest }),
  };
}
