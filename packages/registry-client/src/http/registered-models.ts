import type { CallOptions } from '../call-options.ts';
import { checkKey, checkModelName } from '../check-names.ts';
import { checkTags, checkText } from '../check-values.ts';
import type { Page, RegisteredModel, Tags } from '../entities.ts';
import { StageHeldError } from '../conflict-errors.ts';
import { RegisteredModelNotFoundError } from '../not-found-errors.ts';
import { LIMITS } from '../limits.ts';
import type { SearchRequest } from '../registry.ts';
import { HELD_STAGES } from '../stage-aliases.ts';
import { closeLedger, continueLedger } from './ledger-run.ts';
import type { Tag } from './model-store.ts';
import { type Remote, isMissing, orFail } from './remote.ts';
import { findVersionByStage } from './find-by-stage.ts';

/** @throws {AlreadyExistsError | NameInvalidError | ValueInvalidError} */
export async function createRegisteredModel(
  { models }: Remote,
  name: string,
  { description = '', tags = {} }: { readonly description?: string; readonly tags?: Tags },
): Promise<RegisteredModel> {
  checkModelName(name);
  checkText('description', description, LIMITS.descriptionLength);
  checkTags(tags, LIMITS.modelTagValueLength);
  checkServerTags(models, tags);
  return models.createModel({ name, description, tags });
}

/** @throws {NameInvalidError} */
export async function ensureRegisteredModel(
  remote: Remote,
  name: string,
): Promise<RegisteredModel> {
  checkModelName(name);
  const found = await remote.models.findModel(name);
  if (found !== undefined) return found;
  try {
    return await createRegisteredModel(remote, name, {});
  } catch (error) {
    // Somebody made it just now; or the answer to our own request was lost.
    const made = await remote.models.findModel(name);
    if (made === undefined) throw error;
    return made;
  }
}

/** @throws {RegisteredModelNotFoundError} */
export async function getRegisteredModel(
  { models }: Remote,
  name: string,
): Promise<RegisteredModel> {
  const model = await models.findModel(name);
  if (model === undefined) throw new RegisteredModelNotFoundError(name);
  return model;
}

/** @throws {RegisteredModelNotFoundError | ValueInvalidError} */
export async function updateRegisteredModel(
  { models }: Remote,
  name: string,
  description: string,
): Promise<void> {
  checkText('description', description, LIMITS.descriptionLength);
  await orNoModel(name, models.updateModel(name, description));
}

/**
 * Rename a model: its versions, tags, aliases, stages and ledger go with it.
 *
 * @throws {RegisteredModelNotFoundError | AlreadyExistsError | NameInvalidError}
 */
export async function renameRegisteredModel(
  remote: Remote,
  name: string,
  newName: string,
): Promise<void> {
  checkModelName(newName);
  await orNoModel(name, remote.models.renameModel(name, newName));
  if (newName !== name) await continueLedger(remote, name, newName);
}

/**
 * Delete a model and its versions.
 *
 * @throws {StageHeldError} while one of its versions holds a stage.
 * @throws {RegisteredModelNotFoundError}
 */
export async function deleteRegisteredModel(remote: Remote, name: string): Promise<void> {
  await getRegisteredModel(remote, name);
  for (const stage of HELD_STAGES) {
    const holder = await findVersionByStage(remote, name, stage);
    if (holder !== undefined) throw new StageHeldError(name, holder.version, stage);
  }
  await orNoModel(name, remote.models.deleteModel(name));
  await closeLedger(remote, name);
}

/** @throws {RegisteredModelNotFoundError | NameInvalidError | ValueInvalidError} */
export async function setRegisteredModelTag(
  { models }: Remote,
  name: string,
  tag: Tag,
): Promise<void> {
  checkKey('tag', tag.key);
  checkText(`tag "${tag.key}"`, tag.value, LIMITS.modelTagValueLength);
  models.checkTag(tag);
  await orNoModel(name, models.setModelTag(name, tag));
}

/** One that is not there is fine. @throws {RegisteredModelNotFoundError | NameInvalidError} */
export async function deleteRegisteredModelTag(
  remote: Remote,
  name: string,
  key: string,
): Promise<void> {
  checkKey('tag', key);
  const { tags } = await getRegisteredModel(remote, name);
  if (Object.hasOwn(tags, key)) await orNoModel(name, remote.models.deleteModelTag(name, key));
}

/** By name unless ordered otherwise. */
export async function searchRegisteredModels(
  { models }: Remote,
  request: SearchRequest,
  options: CallOptions,
): Promise<Page<RegisteredModel>> {
  return models.searchModels(request, options);
}

/** What was asked about a model; where that is missing, an error that says so. */
async function orNoModel<T>(name: string, asked: Promise<T>): Promise<T> {
  return orFail(asked, (refusal) =>
    isMissing(refusal) ? new RegisteredModelNotFoundError(name) : undefined,
  );
}

/** @throws {NameInvalidError | ValueInvalidError} for what this server in particular does not take. */
export function checkServerTags({ checkTag }: Remote['models'], tags: Tags): void {
  for (const [key, value] of Object.entries(tags)) checkTag({ key, value });
}
