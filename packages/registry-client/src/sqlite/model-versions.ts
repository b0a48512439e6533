import { checkNewModelVersion } from '../check-model-version.ts';
import { checkKey } from '../check-names.ts';
import { checkText } from '../check-values.ts';
import type { ModelVersion, Page } from '../entities.ts';
import { StageHeldError } from '../conflict-errors.ts';
import { NameReservedError } from '../value-errors.ts';
import { LIMITS } from '../limits.ts';
import { parseModelUri } from '../logged-model-source.ts';
import { parseRunsUri } from '../model-source.ts';
import type { NewModelVersion, SearchRequest } from '../registry.ts';
import { STAGE_TAG, isHeldStage } from '../stage-aliases.ts';
import { loggedModelRow } from './logged-model-rows.ts';
import { modelRow, touchModel } from './registered-models.ts';
import { runRow } from './run-rows.ts';
import { searchPage } from './search-page.ts';
import type { SearchTarget } from './search-target.ts';
import { byColumn } from './sql-condition.ts';
import type { Store } from './store.ts';
import { removeTag } from './tag-rows.ts';
import {
  VERSION_TAGS,
  type VersionKey,
  type VersionRow,
  toVersion,
  versionRow,
  writeVersionTags,
} from './version-rows.ts';

const versionTarget: SearchTarget = {
  attributes: {
    name: { column: 'e.name', type: 'text' },
    version_number: { column: 'e.version', type: 'id' },
    run_id: { column: 'e.run_id', type: 'text' },
    source_path: { column: 'e.source', type: 'text' },
    model_id: { column: 'e.model_id', type: 'text' },
    stage: { column: 'e.stage', type: 'text' },
    creation_timestamp: { column: 'e.creation_time', type: 'number' },
    last_updated_timestamp: { column: 'e.last_updated_time', type: 'number' },
  },
  keyed: {
    tag: {
      table: 'model_version_tags',
      owner: ['name', 'version'],
      type: 'text',
    },
  },
  datasets: {},
  lookUp: 'all',
  absentTagsDiffer: ['mlflow.prompt.is_prompt'],
  defaultOrder: [
    byColumn('e.last_updated_time', 'DESC'),
    byColumn('e.name'),
    byColumn('e.version', 'DESC'),
  ],
  tieOrder: [byColumn('e.name'), byColumn('e.version', 'DESC')],
};

/**
 * Register the next version of a model, in stage None.
 *
 * @throws {RegisteredModelNotFoundError} when there is no such model.
 * @throws {RunNotFoundError | LoggedModelNotFoundError} when the source is of one that is not there.
 * @throws {NameInvalidError | NameReservedError | ValueInvalidError}
 */
export function createModelVersion(store: Store, version: NewModelVersion): ModelVersion {
  const { name, source, description = '', tags = {}, createdAt } = version;
  checkNewModelVersion(version);
  const sourceRunId = parseRunsUri(source)?.runId;
  const modelId = version.modelId ?? parseModelUri(source)?.modelId;
  return store.db.write('full', () => {
    modelRow(store, name);
    if (sourceRunId !== undefined) runRow(store, sourceRunId);
    const model = modelId === undefined ? undefined : loggedModelRow(store, modelId);
    const runId = version.runId ?? sourceRunId ?? model?.source_run_id;
    const { last_version: number } = store.db.get<{ last_version: number }>(
      `UPDATE registered_models SET last_version = last_version + 1 WHERE name = ?
       RETURNING last_version`,
      [name],
    )!;
    const row = store.db.get<VersionRow>(
      `INSERT INTO model_versions (name, version, stage, description, source, run_id, run_link,
         model_id, user_id, creation_time, last_updated_time)
       VALUES (?, ?, 'None', ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *`,
      [
        name,
        number,
        description,
        source,
        runId ?? null,
        version.runLink ?? null,
        modelId ?? null,
        store.userId,
        createdAt,
        createdAt,
      ],
    )!;
    writeVersionTags(store, row, tags);
    touchModel(store, name);
    return toVersion(store, row);
  });
}

/** @throws {RegisteredModelNotFoundError | ModelVersionNotFoundError} */
export function getModelVersion(store: Store, name: string, version: string): ModelVersion {
  return store.db.read(() => toVersion(store, versionRow(store, name, version)));
}

/** @throws {RegisteredModelNotFoundError | ModelVersionNotFoundError | ValueInvalidError} */
export function updateModelVersion(
  store: Store,
  { name, version }: VersionKey,
  description: string,
): void {
  checkText('description', description, LIMITS.descriptionLength);
  store.db.write('full', () => {
    const row = versionRow(store, name, version);
    store.db.run(
      `UPDATE model_versions SET description = ?, last_updated_time = ?
       WHERE name = ? AND version = ?`,
      [description, store.now(), name, row.version],
    );
  });
}

/** @throws {ModelVersionNotFoundError | NameInvalidError | NameReservedError | ValueInvalidError} */
export function setModelVersionTag(
  store: Store,
  { name, version }: VersionKey,
  { key, value }: { readonly key: string; readonly value: string },
): void {
  checkKey('tag', key);
  checkText(`tag "${key}"`, value, LIMITS.modelTagValueLength);
  if (key === STAGE_TAG) throw new NameReservedError('tag', key);
  store.db.write('full', () => {
    const row = versionRow(store, name, version);
    writeVersionTags(store, row, { [key]: value });
  });
}

/** @throws {ModelVersionNotFoundError | NameReservedError} */
export function deleteModelVersionTag(store: Store, version: VersionKey, key: string): void {
  if (key === STAGE_TAG) throw new NameReservedError('tag', key);
  store.db.write('full', () => {
    const row = versionRow(store, version.name, version.version);
    removeTag(store, VERSION_TAGS, { owner: [row.name, row.version], key });
  });
}

/**
 * Delete a version with its tags and aliases; its number does not come back.
 *
 * @throws {ModelVersionNotFoundError | StageHeldError}
 */
export function deleteModelVersion(store: Store, { name, version }: VersionKey): void {
  store.db.write('full', () => {
    const row = versionRow(store, name, version);
    if (isHeldStage(row.stage)) throw new StageHeldError(name, version, row.stage);
    for (const table of ['model_aliases', 'model_version_tags', 'model_versions']) {
      store.db.run(`DELETE FROM ${table} WHERE name = ? AND version = ?`, [name, row.version]);
    }
    touchModel(store, name);
  });
}

/** The last changed first unless ordered otherwise. */
export function searchModelVersions(store: Store, request: SearchRequest): Page<ModelVersion> {
  return searchPage<VersionRow, ModelVersion>(store, request, {
    target: versionTarget,
    select: 'SELECT e.* FROM model_versions e WHERE 1',
    parameters: [],
    pageSize: { usual: 10_000, most: 200_000 },
    toItems: (rows) => rows.map((row) => toVersion(store, row)),
  });
}
