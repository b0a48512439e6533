import type { Stage } from '@gnu-mlops/core';
import { checkKey, checkModelName } from '../check-names.ts';
import { checkTags, checkText } from '../check-values.ts';
import type { Page, RegisteredModel, Tags } from '../entities.ts';
import { AlreadyExistsError, StageHeldError } from '../conflict-errors.ts';
import { RegisteredModelNotFoundError } from '../not-found-errors.ts';
import { LIMITS } from '../limits.ts';
import type { SearchRequest } from '../registry.ts';
import { searchPage } from './search-page.ts';
import type { SearchAttribute, SearchTarget } from './search-target.ts';
import { byColumn } from './sql-condition.ts';
import type { Store } from './store.ts';
import { type TagRow, removeTag, toTags, writeTags } from './tag-rows.ts';

interface ModelRow {
  readonly name: string;
  readonly description: string;
  readonly creation_time: number;
  readonly last_updated_time: number;
}

const created: SearchAttribute = { column: 'e.creation_time', type: 'number' };
const updated: SearchAttribute = { column: 'e.last_updated_time', type: 'number' };
const tagTable = { name: 'registered_model_tags', owner: ['name'] };

/** What belongs to a model, in an order that deletes nothing before what refers to it. */
const TABLES_OF_MODEL = [
  'model_aliases',
  'model_version_tags',
  'model_versions',
  'registered_model_tags',
  'former_model_names',
];

const modelTarget: SearchTarget = {
  attributes: {
    name: { column: 'e.name', type: 'text' },
    creation_timestamp: created,
    last_updated_timestamp: updated,
    timestamp: updated,
  },
  keyed: { tag: { table: tagTable.name, owner: ['name'], type: 'text' } },
  datasets: {},
  lookUp: 'all',
  absentTagsDiffer: ['mlflow.prompt.is_prompt'],
  defaultOrder: [byColumn('e.name')],
};

/** @throws {AlreadyExistsError | NameInvalidError | ValueInvalidError} */
export function createRegisteredModel(
  store: Store,
  name: string,
  options: { readonly description?: string; readonly tags?: Tags },
): RegisteredModel {
  const { description = '', tags = {} } = options;
  checkModelName(name);
  checkText('description', description, LIMITS.descriptionLength);
  checkTags(tags, LIMITS.modelTagValueLength);
  return store.db.write('full', () => {
    if (findRow(store, name) !== undefined) throw new AlreadyExistsError('registered model', name);
    insertModel(store, name, description);
    writeTags(store, tagTable, { owner: [name], tags });
    return toModel(store, modelRow(store, name));
  });
}

/** @throws {NameInvalidError} */
export function ensureRegisteredModel(store: Store, name: string): RegisteredModel {
  checkModelName(name);
  return store.db.write('full', () => {
    if (findRow(store, name) === undefined) insertModel(store, name, '');
    return toModel(store, modelRow(store, name));
  });
}

/** Undefined where there is none. */
export function findRegisteredModel(store: Store, name: string): RegisteredModel | undefined {
  return store.db.read(() => {
    const row = findRow(store, name);
    return row === undefined ? undefined : toModel(store, row);
  });
}

/** @throws {RegisteredModelNotFoundError | ValueInvalidError} */
export function updateRegisteredModel(store: Store, name: string, description: string): void {
  checkText('description', description, LIMITS.descriptionLength);
  store.db.write('full', () => {
    modelRow(store, name);
    store.db.run('UPDATE registered_models SET description = ? WHERE name = ?', [
      description,
      name,
    ]);
    touchModel(store, name);
  });
}

/** @throws {RegisteredModelNotFoundError | NameInvalidError | ValueInvalidError} */
export function setRegisteredModelTag(
  store: Store,
  name: string,
  { key, value }: { readonly key: string; readonly value: string },
): void {
  checkKey('tag', key);
  checkText(`tag "${key}"`, value, LIMITS.modelTagValueLength);
  store.db.write('full', () => {
    modelRow(store, name);
    writeTags(store, tagTable, { owner: [name], tags: { [key]: value } });
  });
}

/** A tag that is not there is fine. @throws {RegisteredModelNotFoundError} */
export function deleteRegisteredModelTag(store: Store, name: string, key: string): void {
  store.db.write('full', () => {
    modelRow(store, name);
    removeTag(store, tagTable, { owner: [name], key });
  });
}

/**
 * Delete a model with its versions, tags and aliases; the ledger stays.
 *
 * @throws {RegisteredModelNotFoundError | StageHeldError}
 */
export function deleteRegisteredModel(store: Store, name: string): void {
  store.db.write('full', () => {
    modelRow(store, name);
    const held = store.db.get<{ version: number; stage: Stage }>(
      `SELECT version, stage FROM model_versions
       WHERE name = ? AND stage IN ('Staging', 'GNU_Production') LIMIT 1`,
      [name],
    );
    if (held !== undefined) throw new StageHeldError(name, String(held.version), held.stage);
    for (const table of [...TABLES_OF_MODEL, 'registered_models']) {
      store.db.run(`DELETE FROM ${table} WHERE name = ?`, [name]);
    }
  });
}

/**
 * Rename a model. Its ledger is found under the new name too; what is in it stays as it was written.
 *
 * @throws {RegisteredModelNotFoundError | AlreadyExistsError | NameInvalidError}
 */
export function renameRegisteredModel(store: Store, name: string, newName: string): void {
  checkModelName(newName);
  store.db.write('full', () => {
    modelRow(store, name);
    if (name === newName) return;
    if (findRow(store, newName) !== undefined) {
      throw new AlreadyExistsError('registered model', newName);
    }
    store.db.execute('PRAGMA defer_foreign_keys = ON');
    for (const table of ['registered_models', ...TABLES_OF_MODEL]) {
      store.db.run(`UPDATE ${table} SET name = ? WHERE name = ?`, [newName, name]);
    }
    store.db.run(
      `INSERT INTO former_model_names (name, former_name, until_sequence)
       SELECT ?, ?, ifnull(max(sequence), 0) FROM stage_ledger WHERE true
       ON CONFLICT DO UPDATE SET until_sequence = excluded.until_sequence`,
      [newName, name],
    );
    touchModel(store, newName);
  });
}

/** By name unless ordered otherwise. */
export function searchRegisteredModels(
  store: Store,
  request: SearchRequest,
): Page<RegisteredModel> {
  return searchPage<ModelRow, RegisteredModel>(store, request, {
    target: modelTarget,
    select: 'SELECT e.* FROM registered_models e WHERE 1',
    parameters: [],
    pageSize: { usual: 100, most: 1000 },
    toItems: (rows) => rows.map((row) => toModel(store, row)),
  });
}

/** @throws {RegisteredModelNotFoundError} */
export function modelRow(store: Store, name: string): ModelRow {
  const row = findRow(store, name);
  if (row === undefined) throw new RegisteredModelNotFoundError(name);
  return row;
}

/** Note that a model or one of its versions changed just now. */
export function touchModel(store: Store, name: string): void {
  store.db.run('UPDATE registered_models SET last_updated_time = ? WHERE name = ?', [
    store.now(),
    name,
  ]);
}

function findRow(store: Store, name: string): ModelRow | undefined {
  return store.db.get<ModelRow>('SELECT * FROM registered_models WHERE name = ?', [String(name)]);
}

function insertModel(store: Store, name: string, description: string): void {
  const now = store.now();
  store.db.run(
    `INSERT INTO registered_models (name, description, creation_time, last_updated_time)
     VALUES (?, ?, ?, ?)`,
    [name, description, now, now],
  );
}

function toModel(store: Store, row: ModelRow): RegisteredModel {
  const tags = store.db.all<TagRow>(
    'SELECT key, value FROM registered_model_tags WHERE name = ? ORDER BY key',
    [row.name],
  );
  const aliases = store.db.all<TagRow>(
    `SELECT alias AS key, CAST(version AS TEXT) AS value FROM model_aliases
     WHERE name = ? ORDER BY alias`,
    [row.name],
  );
  return {
    name: row.name,
    description: row.description,
    creationTime: row.creation_time,
    lastUpdatedTime: row.last_updated_time,
    tags: toTags(tags),
    aliases: toTags(aliases),
  };
}
