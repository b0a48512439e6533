import { checkNewModelVersion } from '../check-model-version.ts';
import { checkKey } from '../check-names.ts';
import { checkText } from '../check-values.ts';
import type { ModelVersion, Page } from '../entities.ts';
import { NameReservedError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { parseRunsUri } from '../model-source.ts';
import type { NewModelVersion, SearchRequest } from '../registry.ts';
import { STAGE_TAG } from '../stage-aliases.ts';
import { modelRow, touchModel } from './registered-models.ts';
import { runRow } from './run-rows.ts';
import { searchPage } from './search-page.ts';
import type { SearchTarget } from './search-target.ts';
import type { Store } from './store.ts';
import { type VersionRow, toVersion, versionRow, writeVersionTags } from './version-rows.ts';

const versionTarget: SearchTarget = {
  attributes: {
    name: { column: 'e.name', type: 'text' },
    version_number: { column: 'e.version', type: 'id' },
    run_id: { column: 'e.run_id', type: 'text' },
    source_path: { column: 'e.source', type: 'text' },
    stage: { column: 'e.stage', type: 'text' },
    creation_timestamp: { column: 'e.creation_time', type: 'number' },
    last_updated_timestamp: { column: 'e.last_updated_time', type: 'number' },
  },
  keyed: {
    tag: {
      table: 'model_version_tags',
      join: 'k.name = e.name AND k.version = e.version',
      type: 'text',
    },
  },
  datasets: {},
  absentTagsDiffer: ['mlflow.prompt.is_prompt'],
  defaultOrder: 'e.last_updated_time DESC, e.name, e.version DESC',
};

/**
 * Register the next version of a model, in stage None.
 *
 * @throws {RegisteredModelNotFoundError | RunNotFoundError} the latter for a `runs:/` source too.
 * @throws {NameInvalidError | NameReservedError | ValueInvalidError}
 */
export function createModelVersion(store: Store, version: NewModelVersion): ModelVersion {
  const { name, source, description = '', tags = {}, createdAt } = version;
  checkNewModelVersion(version);
  const sourceRunId = parseRunsUri(source)?.runId;
  const runId = version.runId ?? sourceRunId ?? null;
  return store.db.write('full', () => {
    modelRow(store, name);
    if (sourceRunId !== undefined) runRow(store, sourceRunId);
    const row = store.db.get<VersionRow>(
      `INSERT INTO model_versions
         (name, version, stage, description, source, run_id, creation_time, last_updated_time)
       SELECT ?, ifnull(max(version), 0) + 1, 'None', ?, ?, ?, ?, ?
       FROM model_versions WHERE name = ? RETURNING *`,
      [name, description, source, runId, createdAt, createdAt, name],
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
  { name, version }: { readonly name: string; readonly version: string },
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
  { name, version }: { readonly name: string; readonly version: string },
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
