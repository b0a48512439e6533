import type { Stage } from '@gnu-mlops/core';
import type { MlflowStage, ModelVersion, Tags } from '../entities.ts';
import { ModelVersionNotFoundError } from '../not-found-errors.ts';
import { modelRow } from './registered-models.ts';
import type { Store } from './store.ts';
import { type TagRow, toTags, writeTags } from './tag-rows.ts';

/** A version by its two names. */
export interface VersionKey {
  readonly name: string;
  readonly version: string;
}

/** A row of the table `model_versions`. */
export interface VersionRow {
  readonly name: string;
  readonly version: number;
  readonly stage: Stage;
  readonly description: string;
  readonly source: string;
  readonly run_id: string | null;
  readonly run_link: string | null;
  readonly model_id: string | null;
  readonly user_id: string;
  readonly mlflow_stage: MlflowStage;
  readonly creation_time: number;
  readonly last_updated_time: number;
}

/** @throws {RegisteredModelNotFoundError | ModelVersionNotFoundError} */
export function versionRow(store: Store, name: string, version: string): VersionRow {
  const number = /^[1-9]\d{0,14}$/.test(version) ? Number(version) : -1;
  const row = store.db.get<VersionRow>(
    'SELECT * FROM model_versions WHERE name = ? AND version = ?',
    [String(name), number],
  );
  if (row === undefined) {
    modelRow(store, name);
    throw new ModelVersionNotFoundError(name, version);
  }
  return row;
}

/** The table of the tags of versions. */
export const VERSION_TAGS = { name: 'model_version_tags', owner: ['name', 'version'] };

/** Write tags of a version. */
export function writeVersionTags(
  store: Store,
  { name, version }: { readonly name: string; readonly version: number },
  tags: Tags,
): void {
  writeTags(store, VERSION_TAGS, { owner: [name, version], tags });
}

/** A row with its tags and aliases. */
export function toVersion(store: Store, row: VersionRow): ModelVersion {
  const owner = [row.name, row.version];
  const tags = store.db.all<TagRow>(
    'SELECT key, value FROM model_version_tags WHERE name = ? AND version = ? ORDER BY key',
    owner,
  );
  const aliases = store.db.all<{ alias: string }>(
    'SELECT alias FROM model_aliases WHERE name = ? AND version = ? ORDER BY alias',
    owner,
  );
  return {
    name: row.name,
    version: String(row.version),
    stage: row.stage,
    mlflowStage: row.mlflow_stage,
    userId: row.user_id,
    status: 'READY',
    statusMessage: '',
    description: row.description,
    source: row.source,
    ...(row.run_id === null ? {} : { runId: row.run_id }),
    ...(row.run_link === null ? {} : { runLink: row.run_link }),
    ...(row.model_id === null ? {} : { modelId: row.model_id }),
    creationTime: row.creation_time,
    lastUpdatedTime: row.last_updated_time,
    tags: toTags(tags),
    aliases: aliases.map(({ alias }) => alias),
  };
}
