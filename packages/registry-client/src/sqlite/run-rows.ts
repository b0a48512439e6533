import type {
  DatasetInput,
  LifecycleStage,
  ModelOutput,
  Run,
  RunStatus,
  Tags,
} from '../entities.ts';
import { DeletedError } from '../conflict-errors.ts';
import { RunNotFoundError } from '../not-found-errors.ts';
import { experimentLocation, ownerUri } from './artifact-uris.ts';
import { type PointRow, toPoint } from './metric-rows.ts';
import type { Store } from './store.ts';
import { type TagRow, toTags } from './tag-rows.ts';

/** A row of the table `runs`. */
export interface RunRow {
  readonly run_id: string;
  /** Small and in no order; what belongs to a run carries it too. */
  readonly run_number: number;
  readonly run_name: string;
  readonly experiment_id: number;
  readonly status: RunStatus;
  readonly start_time: number;
  readonly end_time: number | null;
  readonly user_id: string;
  readonly lifecycle_stage: LifecycleStage;
}

interface InputRow {
  readonly run_id: string;
  readonly name: string;
  readonly digest: string;
  readonly source_type: string;
  readonly source: string;
  readonly schema: string | null;
  readonly profile: string | null;
  readonly context: string | null;
  /** JSON text. */
  readonly tags: string | null;
}

interface OutputRow {
  readonly model_id: string;
  readonly step: number;
}

interface LocationRow {
  readonly experiment_id: number;
  readonly artifact_location: string | null;
}

type OfRun<T> = T & { readonly run_id: string };

/** What the rows that are searched for say of their run. */
export const RUN_COLUMNS: readonly string[] = [
  'run_id',
  'experiment_id',
  'run_number',
  'start_time',
];

/** The same of a run. */
export function runColumns(run: RunRow): (string | number)[] {
  return [run.run_id, run.experiment_id, run.run_number, run.start_time];
}

/** @throws {RunNotFoundError} */
export function runRow(store: Store, runId: string): RunRow {
  const row = store.db.get<RunRow>('SELECT * FROM runs WHERE run_id = ?', [String(runId)]);
  if (row === undefined) throw new RunNotFoundError(runId);
  return row;
}

/** The row of a run that may be written. @throws {RunNotFoundError | DeletedError} */
export function activeRunRow(store: Store, runId: string): RunRow {
  const row = runRow(store, runId);
  if (row.lifecycle_stage === 'deleted') throw new DeletedError('run', runId);
  return row;
}

/** Rows of the table with everything that belongs to them, in the same order. */
export function toRuns(store: Store, rows: readonly RunRow[]): Run[] {
  if (rows.length === 0) return [];
  const ids = JSON.stringify(rows.map(({ run_id }) => run_id));
  const find = <Row>(table: string, order: string): Map<string, OfRun<Row>[]> =>
    grouped<Row>(
      store,
      `SELECT k.* FROM json_each(?) j CROSS JOIN ${table} k ON k.run_id = j.value ORDER BY k.run_id, ${order}`,
      ids,
    );
  const metrics = find<PointRow>('latest_metrics', 'k.key');
  const params = find<TagRow>('run_params', 'k.key');
  const tags = find<TagRow>('run_tags', 'k.key');
  const inputs = find<InputRow>('run_inputs', 'k.input_id');
  const modelInputs = find<OutputRow>('run_model_inputs', 'k.position');
  const modelOutputs = find<OutputRow>('run_model_outputs', 'k.position');
  const locations = locationsOf(store, rows);
  return rows.map((row) => {
    const { run_id: runId } = row;
    const latestMetrics = (metrics.get(runId) ?? []).map(toPoint);
    return {
      runId,
      runName: row.run_name,
      experimentId: String(row.experiment_id),
      status: row.status,
      startTime: row.start_time,
      ...(row.end_time === null ? {} : { endTime: row.end_time }),
      userId: row.user_id,
      lifecycleStage: row.lifecycle_stage,
      artifactUri: ownerUri(locations.get(row.experiment_id)!, runId),
      metrics: Object.fromEntries(latestMetrics.map(({ key, value }) => [key, value])),
      latestMetrics,
      params: toTags(params.get(runId) ?? []),
      tags: toTags(tags.get(runId) ?? []),
      inputs: (inputs.get(runId) ?? []).map(toInput),
      modelInputs: (modelInputs.get(runId) ?? []).map((input) => input.model_id),
      modelOutputs: (modelOutputs.get(runId) ?? []).map(toOutput),
    };
  });
}

function locationsOf(store: Store, rows: readonly RunRow[]): ReadonlyMap<number, string> {
  const ids = [...new Set(rows.map(({ experiment_id }) => experiment_id))];
  const found = store.db.all<LocationRow>(
    `SELECT experiment_id, artifact_location FROM experiments
     WHERE experiment_id IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(ids)],
  );
  return new Map(found.map((row) => [row.experiment_id, experimentLocation(row)]));
}

function grouped<Row>(store: Store, sql: string, ids: string): Map<string, OfRun<Row>[]> {
  return Map.groupBy(store.db.all<OfRun<Row>>(sql, [ids]), (row) => row.run_id);
}

function toOutput({ model_id: modelId, step }: OutputRow): ModelOutput {
  return { modelId, step };
}

function toInput(row: InputRow): DatasetInput {
  return {
    name: row.name,
    digest: row.digest,
    sourceType: row.source_type,
    source: row.source,
    ...(row.schema === null ? {} : { schema: row.schema }),
    ...(row.profile === null ? {} : { profile: row.profile }),
    ...(row.context === null ? {} : { context: row.context }),
    ...(row.tags === null ? {} : { tags: JSON.parse(row.tags) as Tags }),
  };
}
