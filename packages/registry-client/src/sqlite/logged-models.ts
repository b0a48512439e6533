import { checkFinalStatus, checkNewLoggedModel, checkParams } from '../check-logged-model.ts';
import { checkTags } from '../check-values.ts';
import type { LoggedModel, Tags } from '../entities.ts';
import { DeletedError, ParamConflictError } from '../conflict-errors.ts';
import { TagNotFoundError } from '../not-found-errors.ts';
import { LIMITS } from '../limits.ts';
import type { FinalLoggedModelStatus, NewLoggedModel } from '../logged-model-requests.ts';
import { experimentRow } from './experiments.ts';
import { loggedModelRow, toLoggedModel, touchLoggedModel } from './logged-model-rows.ts';
import type { Store } from './store.ts';
import { removeTag, writeTags } from './tag-rows.ts';

const tagTable = { name: 'logged_model_tags', owner: ['model_id'] };

/**
 * Make a logged model; without a name it is called after its id. The run that it comes from may be
 * of another registry, as in MLflow.
 *
 * @throws {ExperimentNotFoundError | DeletedError}
 * @throws {NameInvalidError | ValueInvalidError}
 */
export function createLoggedModel(store: Store, model: NewLoggedModel): LoggedModel {
  checkNewLoggedModel(model);
  const hex = globalThis.crypto.randomUUID().replaceAll('-', '');
  const modelId = `m-${hex}`;
  const { name = `model-${hex.slice(0, 8)}`, modelType = '', sourceRunId } = model;
  return store.db.write('process', () => {
    const experiment = experimentRow(store, model.experimentId);
    if (experiment.lifecycle_stage === 'deleted') {
      throw new DeletedError('experiment', experiment.name);
    }
    const now = store.now();
    store.db.run(
      `INSERT INTO logged_models (model_id, experiment_id, name, status, model_type,
         source_run_id, user_id, creation_time, last_updated_time)
       VALUES (?, ?, ?, 'PENDING', ?, ?, ?, ?, ?)`,
      [
        modelId,
        experiment.experiment_id,
        name,
        modelType,
        sourceRunId ?? null,
        store.userId,
        now,
        now,
      ],
    );
    writeParams(store, modelId, model.params ?? {});
    writeTags(store, tagTable, { owner: [modelId], tags: model.tags ?? {} });
    return toLoggedModel(store, loggedModelRow(store, modelId));
  });
}

/** @throws {LoggedModelNotFoundError} */
export function getLoggedModel(store: Store, modelId: string): LoggedModel {
  return store.db.read(() => toLoggedModel(store, loggedModelRow(store, modelId)));
}

/** @throws {LoggedModelNotFoundError | ValueInvalidError} */
export function finalizeLoggedModel(
  store: Store,
  modelId: string,
  status: FinalLoggedModelStatus,
): LoggedModel {
  checkFinalStatus(status);
  return store.db.write('process', () => {
    loggedModelRow(store, modelId);
    store.db.run('UPDATE logged_models SET status = ? WHERE model_id = ?', [status, modelId]);
    touchLoggedModel(store, modelId);
    return toLoggedModel(store, loggedModelRow(store, modelId));
  });
}

/** @throws {LoggedModelNotFoundError | ParamConflictError | NameInvalidError | ValueInvalidError} */
export function logLoggedModelParams(store: Store, modelId: string, params: Tags): void {
  checkParams(params);
  store.db.write('process', () => {
    loggedModelRow(store, modelId);
    writeParams(store, modelId, params);
    touchLoggedModel(store, modelId);
  });
}

/** @throws {LoggedModelNotFoundError | NameInvalidError | ValueInvalidError} */
export function setLoggedModelTags(store: Store, modelId: string, tags: Tags): void {
  checkTags(tags, LIMITS.runTagValueLength);
  store.db.write('process', () => {
    loggedModelRow(store, modelId);
    writeTags(store, tagTable, { owner: [modelId], tags });
    touchLoggedModel(store, modelId);
  });
}

/** @throws {LoggedModelNotFoundError | TagNotFoundError} */
export function deleteLoggedModelTag(store: Store, modelId: string, key: string): void {
  store.db.write('process', () => {
    loggedModelRow(store, modelId);
    if (!removeTag(store, tagTable, { owner: [modelId], key })) {
      throw new TagNotFoundError(`logged model ${modelId}`, key);
    }
    touchLoggedModel(store, modelId);
  });
}

/** @throws {LoggedModelNotFoundError} */
export function deleteLoggedModel(store: Store, modelId: string): void {
  store.db.write('process', () => {
    loggedModelRow(store, modelId);
    store.db.run('UPDATE logged_models SET deleted_time = ? WHERE model_id = ?', [
      store.now(),
      modelId,
    ]);
  });
}

function writeParams(store: Store, modelId: string, params: Tags): void {
  for (const [key, value] of Object.entries(params)) {
    const { value: kept } = store.db.get<{ value: string }>(
      `INSERT INTO logged_model_params (model_id, key, value) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET value = value RETURNING value`,
      [modelId, key, value],
    )!;
    if (kept !== value) throw new ParamConflictError(modelId, key, { old: kept, new: value });
  }
}
