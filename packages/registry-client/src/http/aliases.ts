import { checkAlias } from '../check-names.ts';
import type { ModelVersion } from '../entities.ts';
import { NameReservedError } from '../errors.ts';
import { RemoteRefusedError } from '../remote-errors.ts';
import { stageOfAlias } from '../stage-aliases.ts';
import { type VersionKey, getModelVersion, orNoVersion } from './model-versions.ts';
import { readVersion } from './read-entities.ts';
import { getRegisteredModel } from './registered-models.ts';
import { type Remote, get, isMissing, put, remove } from './remote.ts';
import { readObject } from './wire-values.ts';

/**
 * Point an alias at a version. The aliases of the stages move with the stages only: pointing one
 * where it points already is fine.
 *
 * @throws {ModelVersionNotFoundError | NameInvalidError | NameReservedError}
 */
export async function setAlias(
  remote: Remote,
  { name, version }: VersionKey,
  alias: string,
): Promise<void> {
  checkAlias(alias);
  const found = await getModelVersion(remote, name, version);
  const stage = stageOfAlias(alias);
  if (stage !== undefined && found.stage !== stage) throw new NameReservedError('alias', alias);
  await pointAlias(remote, { name, version }, alias);
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
  await removeAlias(remote, name, alias);
}

/** Undefined where the model, or the alias, is not there. */
export async function findVersionByAlias(
  remote: Remote,
  name: string,
  alias: string,
): Promise<ModelVersion | undefined> {
  try {
    const answer = await get(remote, 'registered-models/alias', { name, alias });
    return readVersion(readObject(answer, 'model_version'));
  } catch (error) {
    if (isMissing(error) || isAliasMissing(error)) return undefined;
    throw error;
  }
}

/** Point any alias at a version. */
export async function pointAlias(remote: Remote, key: VersionKey, alias: string): Promise<void> {
  await orNoVersion(remote, key, put(remote, 'registered-models/alias', { ...key, alias }));
}

/** Remove any alias; one that somebody else has removed is fine. */
export async function removeAlias(remote: Remote, name: string, alias: string): Promise<void> {
  try {
    await remove(remote, 'registered-models/alias', { name, alias });
  } catch (error) {
    if (!isMissing(error) && !isAliasMissing(error)) throw error;
  }
}

/** MLflow calls a missing alias an invalid value; only its words tell. */
function isAliasMissing(error: unknown): boolean {
  return error instanceof RemoteRefusedError && /alias .* not found/i.test(error.serverMessage);
}
