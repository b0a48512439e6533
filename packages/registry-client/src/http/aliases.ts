import { checkAlias } from '../check-names.ts';
import { NameReservedError } from '../value-errors.ts';
import { stageOfAlias } from '../stage-aliases.ts';
import type { VersionKey } from './model-store.ts';
import { getModelVersion, orNoVersion } from './model-versions.ts';
import { getRegisteredModel } from './registered-models.ts';
import type { Remote } from './remote.ts';

/**
 * Point an alias at a version. The aliases of the stages move with the stages only: pointing one
 * where it points already is fine.
 *
 * @throws {ModelVersionNotFoundError | NameInvalidError | NameReservedError}
 */
export async function setAlias(remote: Remote, key: VersionKey, alias: string): Promise<void> {
  checkAlias(alias);
  const found = await getModelVersion(remote, key);
  const stage = stageOfAlias(alias);
  if (stage !== undefined && found.stage !== stage) throw new NameReservedError('alias', alias);
  await pointAlias(remote, key, alias);
}

/**
 * Remove an alias; nothing happens when it is not there.
 *
 * @throws {RegisteredModelNotFoundError | NameReservedError} the latter while a version holds the
 *   alias's stage.
 */
export async function deleteAlias(remote: Remote, name: string, alias: string): Promise<void> {
  const { aliases } = await getRegisteredModel(remote, name);
  if (!Object.hasOwn(aliases, alias)) return;
  if (stageOfAlias(alias) !== undefined) throw new NameReservedError('alias', alias);
  await remote.models.removeAlias(name, alias);
}

/** Point any alias at a version. */
export async function pointAlias(remote: Remote, key: VersionKey, alias: string): Promise<void> {
  await orNoVersion(remote, key, remote.models.pointAlias(key, alias));
}
