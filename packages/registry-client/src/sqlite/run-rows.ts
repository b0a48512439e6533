import type { DatasetInput, LifecycleStage, Run, RunStatus } from '../entities.ts';
import { DeletedError, RunNotFoundError } from '../errors.ts';
import type { Store } from './store.ts';
import type { TagRow } from './tag-rows.ts';

/** A row of the table `runs`. */
export interface RunRow {
  readonly run_id: string;
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
}

type OfRun<T> = T & { readonly run_id: string };

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
  const ids = JSON.stringify(rows.map(({ run_id }) => run_id));
  const some = 'WHERE run_id IN (SELECT value FROM json_each(?)) ORDER BY run_id';
  const metrics = grouped<{ key: string; value: number | null }>(
    store,
    `SELECT run_id, key, value FROM latest_metrics ${some}, key`,
    ids,
  );
  const params = grouped<TagRow>(
    store,
    `SELECT run_id, key, value FROM run_params ${some}, key`,
    ids,
  );
  const tags = grouped<TagRow>(store, `SELECT run_id, key, value FROM run_tags ${some}, key`, ids);
  const inputs = grouped<InputRow>(store, `SELECT * FROM run_inputs ${some}, input_id`, ids);
  return rows.map((row) => ({
    runId: row.run_id,
    runName: row.run_name,
    experimentId: String(row.experiment_id),
    status: row.status,
    startTime: row.start_time,
    ...(row.end_time === null ? {} : { endTime: row.end_time }),
    userId: row.user_id,
    lifecycleStage: row.lifecycle_stage,
    artifactUri: store.artifacts.runUri({
      experimentId: String(row.experiment_id),
      runId: row.run_id,
    }),
    metrics: toObject(metrics.get(row.run_id), (value) => value ?? NaN),
    latestMetrics: [],
    modelInputs: [],
    modelOutputs: [],
    params: toObject(params.get(row.run_id), (value) => value),
    tags: toObject(tags.get(row.run_id), (value) => value),
    inputs: (inputs.get(row.run_id) ?? []).map(toInput),
  }));
}

function grouped<Row>(store: Store, sql: string, ids: string): Map<string, OfRun<Row>[]> {
  return Map.groupBy(store.db.all<OfRun<Row>>(sql, [ids]), (row) => row.run_id);
}

function toObject<In, Out>(
  rows: readonly { readonly key: string; readonly value: In }[] | undefined,
  convert: (value: In) => Out,
): { readonly [key: string]: Out } {
  return Object.fromEntries((rows ?? []).map(({ key, value }) => [key, convert(value)]));
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
  };
}
