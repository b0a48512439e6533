import { checkAlias } from '../check-names.ts';
import type { ModelVersion } from '../entities.ts';
import { NameReservedError } from '../value-errors.ts';
import { stageOfAlias } from '../stage-aliases.ts';
import { modelRow } from './registered-models.ts';
import type { Store } from './store.ts';
import { type VersionRow, toVersion, versionRow } from './version-rows.ts';

/**
 * Point an alias at a version. The aliases of the stages move with the stages only: pointing one
 * where it points already is fine.
 *
 * @throws {ModelVersionNotFoundError | NameInvalidError | NameReservedError}
 */
export function setAlias(
  store: Store,
  name: string,
  { alias, version }: { readonly alias: string; readonly version: string },
): void {
  checkAlias(alias);
  store.db.write('full', () => {
    const row = versionRow(store, name, version);
    const stage = stageOfAlias(alias);
    if (stage !== undefined && row.stage !== stage) throw new NameReservedError('alias', alias);
    pointAlias(store, name, { alias, version: row.version });
  });
}

/**
 * Remove an alias; nothing happens when it is not there.
 *
 * @throws {RegisteredModelNotFoundError | NameReservedError} the latter while a version holds the
 *   alias's stage.
 */
export function deleteAlias(store: Store, name: string, alias: string): void {
  store.db.write('full', () => {
    modelRow(store, name);
    const removed = removeAlias(store, name, alias);
    if (removed && stageOfAlias(alias) !== undefined) throw new NameReservedError('alias', alias);
  });
}

/** Undefined where the model, or the alias, is not there. */
export function findVersionByAlias(
  store: Store,
  name: string,
  alias: string,
): ModelVersion | undefined {
  return store.db.read(() => {
    const row = store.db.get<VersionRow>(
      `SELECT v.* FROM model_aliases a JOIN model_versions v USING (name, version)
       WHERE a.name = ? AND a.alias = ?`,
      [name, alias],
    );
    return row === undefined ? undefined : toVersion(store, row);
  });
}

/** Point an alias at a version that exists, inside a write. */
export function pointAlias(
  store: Store,
  name: string,
  { alias, version }: { readonly alias: string; readonly version: number },
): void {
  store.db.run(
    `INSERT INTO model_aliases (name, alias, version) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET version = excluded.version`,
    [name, alias, version],
  );
}

/** Remove an alias inside a write. @returns whether it was there. */
export function removeAlias(store: Store, name: string, alias: string): boolean {
  return store.db.run('DELETE FROM model_aliases WHERE name = ? AND alias = ?', [name, alias]) > 0;
}
