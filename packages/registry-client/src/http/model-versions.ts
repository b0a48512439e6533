import type { CallOptions } from '../call-options.ts';
import { checkNewModelVersion } from '../check-model-version.ts';
import { checkKey } from '../check-names.ts';
import { checkText } from '../check-values.ts';
import type { MlflowStage, ModelVersion, Page } from '../entities.ts';
import { StageHeldError } from '../conflict-errors.ts';
import { ModelVersionNotFoundError } from '../not-found-errors.ts';
import { NameReservedError, ValueInvalidError } from '../value-errors.ts';
import { LIMITS } from '../limits.ts';
import { parseRunsUri } from '../model-source.ts';
import type { MlflowStageMove, NewModelVersion, SearchRequest } from '../registry.ts';
import { HELD_STAGES, STAGE_TAG } from '../stage-aliases.ts';
import { findVersionByStage } from './find-by-stage.ts';
import { parseLoggedModelUri } from './logged-model-uri.ts';
import { getLoggedModel } from './logged-models.ts';
import type { Tag, VersionKey } from './model-store.ts';
import { checkServerTags, getRegisteredModel } from './registered-models.ts';
import { type Remote, isMissing, orFail } from './remote.ts';
import { getRun } from './runs.ts';

const MLFLOW_STAGES: readonly MlflowStage[] = ['None', 'Staging', 'Production', 'Archived'];

/**
 * Register the next version of a model, in stage None. The server notes its own time.
 *
 * @throws {RegisteredModelNotFoundError | RunNotFoundError | LoggedModelNotFoundError} the latter two
 *   for a source that names one.
 * @throws {NameInvalidError | NameReservedError | ValueInvalidError}
 */
export async function createModelVersion(
  remote: Remote,
  newVersion: NewModelVersion,
): Promise<ModelVersion> {
  checkNewModelVersion(newVersion);
  const { name, source, tags = {} } = newVersion;
  checkServerTags(remote.models, tags);
  const sourceRunId = parseRunsUri(source)?.runId;
  if (sourceRunId !== undefined) await getRun(remote, sourceRunId);
  const modelId = newVersion.modelId ?? parseLoggedModelUri(source);
  const loggedRunId =
    modelId === undefined ? undefined : (await getLoggedModel(remote, modelId)).sourceRunId;
  const runId = newVersion.runId ?? sourceRunId ?? loggedRunId;
  const asked = remote.models.createVersion({
    ...newVersion,
    ...(runId === undefined ? {} : { runId }),
    ...(modelId === undefined ? {} : { modelId }),
  });
  return orFail(asked, async () => {
    await getRegisteredModel(remote, name);
    return undefined;
  });
}

/** @throws {RegisteredModelNotFoundError | ModelVersionNotFoundError} */
export async function getModelVersion(remote: Remote, key: VersionKey): Promise<ModelVersion> {
  checkVersion(key);
  return orNoVersion(remote, key, remote.models.getVersion(key));
}

/** @throws {RegisteredModelNotFoundError | ModelVersionNotFoundError | ValueInvalidError} */
export async function updateModelVersion(
  remote: Remote,
  key: VersionKey,
  description: string,
): Promise<void> {
  checkVersion(key);
  checkText('description', description, LIMITS.descriptionLength);
  await orNoVersion(remote, key, remote.models.updateVersion(key, description));
}

/**
 * Delete a version with its tags and aliases.
 *
 * @throws {StageHeldError} while it holds a stage.
 * @throws {RegisteredModelNotFoundError | ModelVersionNotFoundError}
 */
export async function deleteModelVersion(remote: Remote, key: VersionKey): Promise<void> {
  await getModelVersion(remote, key);
  for (const stage of HELD_STAGES) {
    const holder = await findVersionByStage(remote, key.name, stage);
    if (holder?.version === key.version) throw new StageHeldError(key.name, key.version, stage);
  }
  await orNoVersion(remote, key, remote.models.deleteVersion(key));
}

/** @throws {ModelVersionNotFoundError | NameInvalidError | NameReservedError | ValueInvalidError} */
export async function setModelVersionTag(
  remote: Remote,
  version: VersionKey,
  tag: Tag,
): Promise<void> {
  checkVersion(version);
  checkKey('tag', tag.key);
  checkText(`tag "${tag.key}"`, tag.value, LIMITS.modelTagValueLength);
  remote.models.checkTag(tag);
  if (tag.key === STAGE_TAG) throw new NameReservedError('tag', tag.key);
  await writeVersionTag(remote, version, tag);
}

/** One that is not there is fine. @throws {ModelVersionNotFoundError | NameReservedError} */
export async function deleteModelVersionTag(
  remote: Remote,
  version: VersionKey,
  key: string,
): Promise<void> {
  checkKey('tag', key);
  if (key === STAGE_TAG) throw new NameReservedError('tag', key);
  const { tags } = await getModelVersion(remote, version);
  if (!Object.hasOwn(tags, key)) return;
  await orNoVersion(remote, version, remote.models.deleteVersionTag(version, key));
}

/** Write any tag of a version, that of its stage too. */
export async function writeVersionTag(
  remote: Remote,
  version: VersionKey,
  tag: Tag,
): Promise<void> {
  await orNoVersion(remote, version, remote.models.setVersionTag(version, tag));
}

/** In the server's order unless ordered otherwise. */
export async function searchModelVersions(
  { models }: Remote,
  request: SearchRequest,
  options: CallOptions,
): Promise<Page<ModelVersion>> {
  return models.searchVersions(request, options);
}

/** Where the files of a version lie. @throws {ModelVersionNotFoundError} */
export async function getDownloadUri(remote: Remote, key: VersionKey): Promise<string> {
  checkVersion(key);
  return orNoVersion(remote, key, remote.models.getDownloadUri(key));
}

/** @throws {ModelVersionNotFoundError | OperationUnsupportedError | ValueInvalidError} */
export async function moveMlflowStage(
  remote: Remote,
  { name, version, stage, others = 'keep' }: MlflowStageMove,
): Promise<ModelVersion> {
  checkVersion({ name, version });
  checkMlflowStage(stage);
  const asked = remote.models.moveServerStage({ name, version, stage, others });
  return orNoVersion(remote, { name, version }, asked);
}

/** @throws {RegisteredModelNotFoundError | OperationUnsupportedError | ValueInvalidError} */
export async function findLatestVersions(
  remote: Remote,
  name: string,
  stages: readonly MlflowStage[],
): Promise<readonly ModelVersion[]> {
  stages.forEach(checkMlflowStage);
  return orFail(remote.models.findLatestVersions(name, stages), async (refusal) => {
    if (isMissing(refusal)) await getRegisteredModel(remote, name);
    return undefined;
  });
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

/** Undefined where a version is not there, as another client has deleted it. */
export async function unlessGone<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ModelVersionNotFoundError) return undefined;
    throw error;
  }
}

function checkMlflowStage(stage: MlflowStage): void {
  if (MLFLOW_STAGES.includes(stage)) return;
  throw new ValueInvalidError(
    'stage of MLflow',
    `is one of ${MLFLOW_STAGES.join(', ')}, not ${JSON.stringify(stage)}.`,
  );
}
