import { checkKey, checkModelName } from '../check-names.ts';
import { checkTags, checkText } from '../check-values.ts';
import type { Page, RegisteredModel, Tags } from '../entities.ts';
import { AlreadyExistsError, RegisteredModelNotFoundError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import type { SearchRequest } from '../registry.ts';
import type { Query } from './http-client.ts';
import { readModel } from './read-entities.ts';
import {
  type Remote,
  create,
  get,
  isMissing,
  isTaken,
  orFail,
  orMissing,
  patch,
  put,
} from './remote.ts';
import { type SearchGrammar, formatSearch } from './search-grammar.ts';
import { readPage } from './search-remote.ts';
import { formatTags, readObject } from './wire-values.ts';

const grammar: SearchGrammar = {
  attributes: { name: 'text', last_updated_timestamp: 'number' },
  entities: ['tag'],
  attributePrefix: '',
  pageSize: { usual: 100, most: 1000 },
};

/** @throws {AlreadyExistsError | NameInvalidError | ValueInvalidError} */
export async function createRegisteredModel(
  remote: Remote,
  name: string,
  { description = '', tags = {} }: { readonly description?: string; readonly tags?: Tags },
): Promise<RegisteredModel> {
  checkModelName(name);
  checkText('description', description, LIMITS.descriptionLength);
  checkTags(tags, LIMITS.modelTagValueLength);
  const body = { name, description, tags: formatTags(tags) };
  const answer = await orFail(create(remote, 'registered-models/create', body), (refusal) =>
    isTaken(refusal) ? new AlreadyExistsError('registered model', name) : undefined,
  );
  return readModel(readObject(answer, 'registered_model'));
}

/** @throws {NameInvalidError} */
export async function ensureRegisteredModel(
  remote: Remote,
  name: string,
): Promise<RegisteredModel> {
  checkModelName(name);
  const found = await findRegisteredModel(remote, name);
  if (found !== undefined) return found;
  try {
    return await createRegisteredModel(remote, name, {});
  } catch (error) {
    // Somebody made it just now; or the answer to our own request was lost.
    const made = await findRegisteredModel(remote, name);
    if (made === undefined) throw error;
    return made;
  }
}

/** Undefined where there is none. */
export async function findRegisteredModel(
  remote: Remote,
  name: string,
): Promise<RegisteredModel | undefined> {
  const answer = await orMissing(get(remote, 'registered-models/get', { name }));
  return answer === undefined ? undefined : readModel(readObject(answer, 'registered_model'));
}

/** @throws {RegisteredModelNotFoundError} */
export async function getRegisteredModel(remote: Remote, name: string): Promise<RegisteredModel> {
  const model = await findRegisteredModel(remote, name);
  if (model === undefined) throw new RegisteredModelNotFoundError(name);
  return model;
}

/** @throws {RegisteredModelNotFoundError | ValueInvalidError} */
export async function updateRegisteredModel(
  remote: Remote,
  name: string,
  description: string,
): Promise<void> {
  checkText('description', description, LIMITS.descriptionLength);
  await orFail(patch(remote, 'registered-models/update', { name, description }), (refusal) =>
    isMissing(refusal) ? new RegisteredModelNotFoundError(name) : undefined,
  );
}

/** @throws {RegisteredModelNotFoundError | NameInvalidError | ValueInvalidError} */
export async function setRegisteredModelTag(
  remote: Remote,
  name: string,
  { key, value }: { readonly key: string; readonly value: string },
): Promise<void> {
  checkKey('tag', key);
  checkText(`tag "${key}"`, value, LIMITS.modelTagValueLength);
  await orFail(put(remote, 'registered-models/set-tag', { name, key, value }), (refusal) =>
    isMissing(refusal) ? new RegisteredModelNotFoundError(name) : undefined,
  );
}

/** By name unless ordered otherwise. */
export async function searchRegisteredModels(
  remote: Remote,
  request: SearchRequest,
): Promise<Page<RegisteredModel>> {
  const asked = get(remote, 'registered-models/search', asQuery(formatSearch(request, grammar)));
  return readPage(asked, 'registered_models', readModel);
}

/** The fields of a search as a query. */
export function asQuery(fields: { readonly [field: string]: unknown }): Query {
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [
      field,
      Array.isArray(value) ? value.map(String) : String(value),
    ]),
  );
}
