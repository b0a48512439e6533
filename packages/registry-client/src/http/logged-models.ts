import { checkFinalStatus, checkNewLoggedModel, checkParams } from '../check-logged-model.ts';
import { checkKey } from '../check-names.ts';
import { checkTags } from '../check-values.ts';
import type { LoggedModel, LoggedModelStatus, Tags } from '../entities.ts';
import { DeletedError, ParamConflictError } from '../conflict-errors.ts';
import { LoggedModelNotFoundError, TagNotFoundError } from '../not-found-errors.ts';
import { LIMITS } from '../limits.ts';
import type { FinalLoggedModelStatus, NewLoggedModel } from '../logged-model-requests.ts';
import { getExperiment } from './experiments.ts';
import { readLoggedModel } from './read-logged-model.ts';
import {
  type Remote,
  create,
  entityIn,
  get,
  isMissing,
  orFail,
  orUnsupported,
  patch,
  put,
} from './remote.ts';
import { getRun } from './runs.ts';
import { formatTags } from './wire-values.ts';

/** MLflow's names for how the making of a model stands. */
const STATUS_NAMES: Readonly<Record<LoggedModelStatus, string>> = {
  PENDING: 'LOGGED_MODEL_PENDING',
  READY: 'LOGGED_MODEL_READY',
  FAILED: 'LOGGED_MODEL_UPLOAD_FAILED',
};

/** @throws {ExperimentNotFoundError | RunNotFoundError | DeletedError | OperationUnsupportedError} */
export async function createLoggedModel(
  remote: Remote,
  model: NewLoggedModel,
): Promise<LoggedModel> {
  checkNewLoggedModel(model);
  const { experimentId, name, modelType, sourceRunId, params = {}, tags = {} } = model;
  const body = {
    experiment_id: experimentId,
    ...(name === undefined ? {} : { name }),
    ...(modelType === undefined ? {} : { model_type: modelType }),
    ...(sourceRunId === undefined ? {} : { source_run_id: sourceRunId }),
    params: formatTags(params),
    tags: formatTags(tags),
  };
  if (sourceRunId !== undefined) await getRun(remote, sourceRunId);
  const asked = orUnsupported(remote, 'createLoggedModel', create(remote, 'logged-models', body));
  const answer = await orFail(asked, async () => {
    const experiment = await getExperiment(remote, experimentId);
    if (experiment.lifecycleStage !== 'deleted') return undefined;
    return new DeletedError('experiment', experiment.name);
  });
  return readLoggedModel(entityIn(remote, answer, 'model'));
}

/** @throws {LoggedModelNotFoundError | OperationUnsupportedError} */
export async function getLoggedModel(remote: Remote, modelId: string): Promise<LoggedModel> {
  const asked = get(remote, pathOf(modelId), {});
  const answer = await answered(remote, { modelId, operation: 'getLoggedModel' }, asked);
  return readLoggedModel(entityIn(remote, answer, 'model'));
}

/** @throws {LoggedModelNotFoundError | OperationUnsupportedError | ValueInvalidError} */
export async function finalizeLoggedModel(
  remote: Remote,
  modelId: string,
  status: FinalLoggedModelStatus,
): Promise<LoggedModel> {
  checkFinalStatus(status);
  const body = { model_id: modelId, status: STATUS_NAMES[status] };
  const asked = patch(remote, pathOf(modelId), body);
  const answer = await answered(remote, { modelId, operation: 'finalizeLoggedModel' }, asked);
  return readLoggedModel(entityIn(remote, answer, 'model'));
}

/** @throws {LoggedModelNotFoundError | ParamConflictError | OperationUnsupportedError} */
export async function logLoggedModelParams(
  remote: Remote,
  modelId: string,
  params: Tags,
): Promise<void> {
  checkParams(params);
  const { params: written } = await getLoggedModel(remote, modelId);
  const known = new Map(Object.entries(written));
  const missing = new Map<string, string>();
  for (const [key, value] of Object.entries(params)) {
    const old = known.get(key);
    if (old === undefined) missing.set(key, value);
    else if (old !== value) throw new ParamConflictError(modelId, key, { old, new: value });
  }
  if (missing.size === 0) return;
  const body = { model_id: modelId, params: formatTags(Object.fromEntries(missing)) };
  const asked = put(remote, `${pathOf(modelId)}/params`, body);
  await answered(remote, { modelId, operation: 'logLoggedModelParams' }, asked);
}

/** @throws {LoggedModelNotFoundError | NameInvalidError | ValueInvalidError} */
export async function setLoggedModelTags(
  remote: Remote,
  modelId: string,
  tags: Tags,
): Promise<void> {
  checkTags(tags, LIMITS.runTagValueLength);
  const body = { model_id: modelId, tags: formatTags(tags) };
  const asked = patch(remote, `${pathOf(modelId)}/tags`, body);
  await answered(remote, { modelId, operation: 'setLoggedModelTags' }, asked);
}

/** @throws {LoggedModelNotFoundError | TagNotFoundError} */
export async function deleteLoggedModelTag(
  remote: Remote,
  modelId: string,
  key: string,
): Promise<void> {
  checkKey('tag', key);
  const { tags } = await getLoggedModel(remote, modelId);
  if (!Object.hasOwn(tags, key)) throw new TagNotFoundError(`logged model ${modelId}`, key);
  const path = `${pathOf(modelId)}/tags/${encodeURIComponent(key)}`;
  const asked = remote.client.askJson({
    method: 'DELETE',
    path: `/api/2.0/mlflow/${path}`,
    twice: 'harmless',
  });
  await answered(remote, { modelId, operation: 'deleteLoggedModelTag' }, asked);
}

/** @throws {LoggedModelNotFoundError} */
export async function deleteLoggedModel(remote: Remote, modelId: string): Promise<void> {
  const asked = remote.client.askJson({
    method: 'DELETE',
    path: `/api/2.0/mlflow/${pathOf(modelId)}`,
    twice: 'harmless',
  });
  await answered(remote, { modelId, operation: 'deleteLoggedModel' }, asked);
}

interface Question {
  readonly modelId: string;
  readonly operation: string;
}

async function answered<T>(
  remote: Remote,
  { modelId, operation }: Question,
  asked: Promise<T>,
): Promise<T> {
  return orFail(orUnsupported(remote, operation, asked), (refusal) =>
    isMissing(refusal) ? new LoggedModelNotFoundError(modelId) : undefined,
  );
}

/** @throws {LoggedModelNotFoundError} for a text that is no id. */
function pathOf(modelId: string): string {
  if (!/^[\w-]+$/.test(modelId)) throw new LoggedModelNotFoundError(modelId);
  return `logged-models/${modelId}`;
}
