import { checkNewModelVersion } from '../check-model-version.ts';
import { checkKey } from '../check-names.ts';
import { checkText } from '../check-values.ts';
import type { ModelVersion, Page } from '../entities.ts';
import { ModelVersionNotFoundError, NameReservedError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { parseRunsUri } from '../model-source.ts';
import type { NewModelVersion, SearchRequest } from '../registry.ts';
import { STAGE_TAG } from '../stage-aliases.ts';
import { readVersion } from './read-entities.ts';
import { asQuery, getRegisteredModel } from './registered-models.ts';
import { type Remote, create, get, isMissing, orFail, patch, put } from './remote.ts';
import { getRun } from './runs.ts';
import { type SearchGrammar, formatSearch } from './search-grammar.ts';
import { readPage } from './search-remote.ts';
import { formatTags, readObject } from './wire-values.ts';

/** A version by its two names. */
export interface VersionKey {
  readonly name: string;
  readonly version: string;
}

const grammar: SearchGrammar = {
  attributes: {
    name: 'text',
    version_number: 'number',
    run_id: 'text',
    source_path: 'text',
    creation_timestamp: 'number',
    last_updated_timestamp: 'number',
  },
  entities: ['tag'],
  attributePrefix: '',
  pageSize: { usual: 10_000, most: 200_000 },
};

/**
 * Register the next version of a model, in stage None. The server notes its own time.
 *
 * @throws {RegisteredModelNotFoundError | RunNotFoundError} the latter for a `runs:/` source.
 * @throws {NameInvalidError | NameReservedError | ValueInvalidError}
 */
export async function createModelVersion(
  remote: Remote,
  newVersion: NewModelVersion,
): Promise<ModelVersion> {
  checkNewModelVersion(newVersion);
  const { name, source, description = '', tags = {} } = newVersion;
  const sourceRunId = parseRunsUri(source)?.runId;
  if (sourceRunId !== undefined) await getRun(remote, sourceRunId);
  const runId = newVersion.runId ?? sourceRunId;
  const body = {
    name,
    source,
    description,
    tags: formatTags(tags),
    ...(runId === undefined ? {} : { run_id: runId }),
  };
  const answer = await orFail(create(remote, 'model-versions/create', body), async () => {
    await getRegisteredModel(remote, name);
    return undefined;
  });
  return readVersion(readObject(answer, 'model_version'));
}

/** @throws {RegisteredModelNotFoundError | ModelVersionNotFoundError} */
export async function getModelVersion(
  remote: Remote,
  name: string,
  version: string,
): Promise<ModelVersion> {
  checkVersion({ name, version });
  const asked = get(remote, 'model-versions/get', { name, version });
  return readVersion(
    readObject(await orNoVersion(remote, { name, version }, asked), 'model_version'),
  );
}

/** @throws {RegisteredModelNotFoundError | ModelVersionNotFoundError | ValueInvalidError} */
export async function updateModelVersion(
  remote: Remote,
  key: VersionKey,
  description: string,
): Promise<void> {
  checkVersion(key);
  checkText('description', description, LIMITS.descriptionLength);
  await orNoVersion(remote, key, patch(remote, 'model-versions/update', { ...key, description }));
}

/** @throws {ModelVersionNotFoundError | NameInvalidError | NameReservedError | ValueInvalidError} */
export async function setModelVersionTag(
  remote: Remote,
  version: VersionKey,
  { key, value }: { readonly key: string; readonly value: string },
): Promise<void> {
  checkVersion(version);
  checkKey('tag', key);
  checkText(`tag "${key}"`, value, LIMITS.modelTagValueLength);
  if (key === STAGE_TAG) throw new NameReservedError('tag', key);
  await writeVersionTag(remote, version, { key, value });
}

/** Write any tag of a version, that of its stage too. */
export async function writeVersionTag(
  remote: Remote,
  version: VersionKey,
  tag: { readonly key: string; readonly value: string },
): Promise<void> {
  await orNoVersion(remote, version, put(remote, 'model-versions/set-tag', { ...version, ...tag }));
}

/** In the server's order unless ordered otherwise. */
export async function searchModelVersions(
  remote: Remote,
  request: SearchRequest,
): Promise<Page<ModelVersion>> {
  const asked = get(remote, 'model-versions/search', asQuery(formatSearch(request, grammar)));
  return readPage(asked, 'model_versions', readVersion);
}

/** What was asked about a version; where it is missing, an error that says what is. */
export async function orNoVersion<T>(
  remote: Remote,
  { name, version }: VersionKey,
  asked: Promise<T>,
): Promise<T> {
  return orFail(asked, async (refusal) => {
    if (!isMissing(refusal)) return undefined;
    await getRegisteredModel(remote, name);
    return new ModelVersionNotFoundError(name, version);
  });
}

/** @throws {ModelVersionNotFoundError} for a text that is no version, which servers answer oddly. */
function checkVersion({ name, version }: VersionKey): void {
  if (!/^[1-9]\d{0,9}$/.test(version)) throw new ModelVersionNotFoundError(name, version);
}
