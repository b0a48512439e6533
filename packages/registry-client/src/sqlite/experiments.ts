import { checkExperimentName } from '../check-names.ts';
import { checkNewExperiment } from '../check-experiment.ts';
import { checkTags } from '../check-values.ts';
import type { Experiment, LifecycleStage, Page } from '../entities.ts';
import { AlreadyExistsError, DeletedError } from '../conflict-errors.ts';
import { ExperimentNotFoundError, TagNotFoundError } from '../not-found-errors.ts';
import { LIMITS } from '../limits.ts';
import type { NewExperiment, SearchExperimentsRequest } from '../registry.ts';
import { experimentLocation } from './artifact-uris.ts';
import { searchPage } from './search-page.ts';
import type { SearchTarget } from './search-target.ts';
import { byColumn } from './sql-condition.ts';
import type { Store } from './store.ts';
import { type TagRow, removeTag, toTags, writeTags } from './tag-rows.ts';

/** A row of the table `experiments`. */
export interface ExperimentRow {
  readonly experiment_id: number;
  readonly name: string;
  readonly lifecycle_stage: LifecycleStage;
  readonly creation_time: number;
  readonly last_update_time: number;
  /** NULL: the registry's own. */
  readonly artifact_location: string | null;
}

const tagTable = { name: 'experiment_tags', owner: ['experiment_id'] };

const experimentTarget: SearchTarget = {
  attributes: {
    name: { column: 'e.name', type: 'text' },
    experiment_id: { column: 'e.experiment_id', type: 'id' },
    creation_time: { column: 'e.creation_time', type: 'number' },
    last_update_time: { column: 'e.last_update_time', type: 'number' },
  },
  keyed: {
    tag: { table: 'experiment_tags', owner: ['experiment_id'], type: 'text' },
  },
  datasets: {},
  lookUp: 'all',
  absentTagsDiffer: [],
  defaultOrder: [byColumn('e.creation_time', 'DESC'), byColumn('e.experiment_id', 'DESC')],
};

/** @throws {AlreadyExistsError | NameInvalidError | ValueInvalidError} */
export function createExperiment(
  store: Store,
  name: string,
  experiment: NewExperiment,
): Experiment {
  checkExperimentName(name);
  checkNewExperiment(experiment);
  return store.db.write('process', () => {
    if (findRow(store, name) !== undefined) throw new AlreadyExistsError('experiment', name);
    return insertExperiment(store, name, experiment);
  });
}

/** @throws {DeletedError | NameInvalidError} */
export function ensureExperiment(store: Store, name: string): Experiment {
  checkExperimentName(name);
  return store.db.write('process', () => {
    const row = findRow(store, name);
    if (row === undefined) return insertExperiment(store, name, {});
    if (row.lifecycle_stage === 'deleted') throw new DeletedError('experiment', name);
    return toExperiment(store, row);
  });
}

/** @throws {ExperimentNotFoundError} */
export function getExperiment(store: Store, experimentId: string): Experiment {
  return store.db.read(() => toExperiment(store, experimentRow(store, experimentId)));
}

/** Also a deleted one. */
export function findExperiment(store: Store, name: string): Experiment | undefined {
  return store.db.read(() => {
    const row = findRow(store, name);
    return row === undefined ? undefined : toExperiment(store, row);
  });
}

/** Newest first unless ordered otherwise. */
export function searchExperiments(
  store: Store,
  request: SearchExperimentsRequest,
): Page<Experiment> {
  const view = request.view ?? 'active';
  return searchPage<ExperimentRow, Experiment>(store, request, {
    target: experimentTarget,
    select: `SELECT e.* FROM experiments e WHERE ? IN (e.lifecycle_stage, 'all')`,
    parameters: [view],
    pageSize: { usual: 1000, most: 50_000 },
    toItems: (rows) => rows.map((row) => toExperiment(store, row)),
  });
}

/** @throws {ExperimentNotFoundError | DeletedError | AlreadyExistsError | NameInvalidError} */
export function renameExperiment(store: Store, experimentId: string, name: string): void {
  checkExperimentName(name);
  store.db.write('process', () => {
    const row = activeExperimentRow(store, experimentId);
    if (row.name === name) return;
    if (findRow(store, name) !== undefined) throw new AlreadyExistsError('experiment', name);
    store.db.run('UPDATE experiments SET name = ? WHERE experiment_id = ?', [
      name,
      row.experiment_id,
    ]);
    touchExperiment(store, row.experiment_id);
  });
}

/** @throws {ExperimentNotFoundError | DeletedError | NameInvalidError | ValueInvalidError} */
export function setExperimentTag(store: Store, experimentId: string, { key, value }: TagRow): void {
  checkTags({ [key]: value }, LIMITS.experimentTagValueLength);
  store.db.write('process', () => {
    const row = activeExperimentRow(store, experimentId);
    writeTags(store, tagTable, { owner: [row.experiment_id], tags: { [key]: value } });
    touchExperiment(store, row.experiment_id);
  });
}

/** @throws {ExperimentNotFoundError | DeletedError | TagNotFoundError} */
export function deleteExperimentTag(store: Store, experimentId: string, key: string): void {
  store.db.write('process', () => {
    const row = activeExperimentRow(store, experimentId);
    if (!removeTag(store, tagTable, { owner: [row.experiment_id], key })) {
      throw new TagNotFoundError(`experiment ${experimentId}`, key);
    }
    touchExperiment(store, row.experiment_id);
  });
}

/** Mark an experiment and its active runs as deleted. @throws {ExperimentNotFoundError} */
export function deleteExperiment(store: Store, experimentId: string): void {
  setLifecycle(store, experimentId, {
    stage: 'deleted',
    runs: `UPDATE runs SET lifecycle_stage = 'deleted', deleted_with_experiment = 1,
             deleted_time = ?
           WHERE experiment_id = ? AND lifecycle_stage = 'active'`,
  });
}

/** Bring back an experiment and the runs deleted with it. @throws {ExperimentNotFoundError} */
export function restoreExperiment(store: Store, experimentId: string): void {
  setLifecycle(store, experimentId, {
    stage: 'active',
    runs: `UPDATE runs SET lifecycle_stage = 'active', deleted_with_experiment = 0,
             deleted_time = ?
           WHERE experiment_id = ? AND deleted_with_experiment = 1`,
  });
}

/** @throws {ExperimentNotFoundError} also for a text that is no id. */
export function experimentRow(store: Store, experimentId: string): ExperimentRow {
  const row = store.db.get<ExperimentRow>('SELECT * FROM experiments WHERE experiment_id = ?', [
    experimentNumber(experimentId),
  ]);
  if (row === undefined) throw new ExperimentNotFoundError(experimentId);
  return row;
}

/** The key of an experiment in the tables; -1, which none has, for a text that is no id. */
export function experimentNumber(experimentId: string): number {
  return /^(0|[1-9]\d{0,14})$/.test(experimentId) ? Number(experimentId) : -1;
}

function setLifecycle(
  store: Store,
  experimentId: string,
  change: { readonly stage: LifecycleStage; readonly runs: string },
): void {
  store.db.write('process', () => {
    const { experiment_id: id, lifecycle_stage: before } = experimentRow(store, experimentId);
    if (before === change.stage) return;
    const now = store.now();
    const deletedTime = change.stage === 'deleted' ? now : null;
    store.db.run(
      `UPDATE experiments SET lifecycle_stage = ?, last_update_time = ?, deleted_time = ?
       WHERE experiment_id = ?`,
      [change.stage, now, deletedTime, id],
    );
    store.db.run(change.runs, [deletedTime, id]);
  });
}

/** The row of an experiment that may be written. */
function activeExperimentRow(store: Store, experimentId: string): ExperimentRow {
  const row = experimentRow(store, experimentId);
  if (row.lifecycle_stage === 'deleted') throw new DeletedError('experiment', row.name);
  return row;
}

function touchExperiment(store: Store, experimentId: number): void {
  store.db.run('UPDATE experiments SET last_update_time = ? WHERE experiment_id = ?', [
    store.now(),
    experimentId,
  ]);
}

function findRow(store: Store, name: string): ExperimentRow | undefined {
  return store.db.get<ExperimentRow>('SELECT * FROM experiments WHERE name = ?', [name]);
}

function insertExperiment(
  store: Store,
  name: string,
  { tags = {}, artifactLocation }: NewExperiment,
): Experiment {
  const now = store.now();
  const row = store.db.get<ExperimentRow>(
    `INSERT INTO experiments
       (name, lifecycle_stage, creation_time, last_update_time, artifact_location)
     VALUES (?, 'active', ?, ?, ?) RETURNING *`,
    [name, now, now, artifactLocation ?? null],
  )!;
  writeTags(store, tagTable, { owner: [row.experiment_id], tags });
  return toExperiment(store, row);
}

function toExperiment(store: Store, row: ExperimentRow): Experiment {
  const experimentId = String(row.experiment_id);
  const tags = store.db.all<TagRow>(
    'SELECT key, value FROM experiment_tags WHERE experiment_id = ? ORDER BY key',
    [row.experiment_id],
  );
  return {
    experimentId,
    name: row.name,
    artifactLocation: experimentLocation(row),
    lifecycleStage: row.lifecycle_stage,
    tags: toTags(tags),
    creationTime: row.creation_time,
    lastUpdateTime: row.last_update_time,
  };
}
