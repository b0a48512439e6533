import type { Artifact, LoggedModel, ModelMetric } from '../entities.ts';
import { LoggedModelNotFoundError } from '../not-found-errors.ts';
import { OperationUnsupportedError } from '../store-errors.ts';
import type { Registry } from '../registry.ts';
import { formatModelUri } from '../logged-model-source.ts';
import { formatRunsUri } from '../model-source.ts';
import { copyFiles } from './copy-files.ts';
import type { CopySession } from './copy-session.ts';
import {
  COPIED_DIGEST_TAG,
  COPIED_FROM_TAG,
  COPIED_REGISTRY_TAG,
  copiesOf,
  tagsToCopy,
} from './copy-tags.ts';
import { electCopy } from './elect-copy.ts';

/** Where the copy of a logged model is. */
export interface CopiedLoggedModel {
  /** Undefined where the target has no logged models: its files lie among the run's artifacts. */
  readonly modelId?: string;
  /** What a version of a registered model names as its source. */
  readonly source: string;
  /** What was measured of the original, by the ids of the runs at the source. */
  readonly metrics: readonly ModelMetric[];
}

/** Where a logged model is copied to. */
export interface LoggedModelPlace {
  readonly experimentId: string;
  /** The copy of the run that made it. */
  readonly runId?: string;
}

/**
 * Copy a logged model with its parameters, tags and files, or find the copy that is there. A target
 * without logged models (MLflow 2) gets the files among the artifacts of the run, in a folder of the
 * model's name, as MLflow 2 itself would keep them.
 *
 * @throws {OperationUnsupportedError} for a model without a run on such a target.
 */
export async function copyLoggedModel(
  session: CopySession,
  modelId: string,
  place: LoggedModelPlace,
): Promise<CopiedLoggedModel> {
  const known = session.loggedModels.get(modelId);
  if (known !== undefined) return known;
  const model = await session.source.getLoggedModel(modelId);
  let copied: CopiedLoggedModel;
  try {
    copied = await copyWhole(session, model, place);
  } catch (error) {
    if (!(error instanceof OperationUnsupportedError) || place.runId === undefined) throw error;
    copied = await copyIntoRun(session, model, place.runId);
  }
  session.loggedModels.set(modelId, copied);
  return copied;
}

async function copyWhole(
  session: CopySession,
  model: LoggedModel,
  { experimentId, runId }: LoggedModelPlace,
): Promise<CopiedLoggedModel> {
  const { source, target, context } = session;
  const search = async () => {
    const filter = copiesOf(model.modelId);
    const { items } = await target.searchLoggedModels({ experimentIds: [experimentId], filter });
    return items;
  };
  const there = await search();
  if (there.length === 0 && (await isThereItself(target, model, experimentId))) {
    return {
      modelId: model.modelId,
      source: formatModelUri({ modelId: model.modelId, folder: '' }),
      metrics: [],
    };
  }
  const { copy } = await electCopy(
    {
      idOf: ({ modelId }: LoggedModel) => modelId,
      search,
      create: () =>
        target.createLoggedModel({
          experimentId,
          name: model.name,
          modelType: model.modelType,
          params: model.params,
          tags: { ...tagsToCopy(model.tags), [COPIED_FROM_TAG]: model.modelId },
          ...(runId === undefined ? {} : { sourceRunId: runId }),
        }),
      async settle(made) {
        const tags = { [COPIED_REGISTRY_TAG]: source.uri };
        await target.setLoggedModelTags(made.modelId, tags);
        return { ...made, tags: { ...made.tags, ...tags } };
      },
      remove: ({ modelId }) => target.deleteLoggedModel(modelId),
    },
    context.signal,
  );
  const { modelId } = copy;
  if (copy.tags[COPIED_DIGEST_TAG] === undefined) {
    await copyFiles(session, { ...(await filesOf(session, model)), ownerId: modelId });
    if (model.status !== 'PENDING' && copy.status !== model.status) {
      await target.finalizeLoggedModel(modelId, model.status);
    }
    // A model that is still being made is copied again next time.
    if (model.status !== 'PENDING') {
      await target.setLoggedModelTags(modelId, { [COPIED_DIGEST_TAG]: model.status });
    }
  }
  return { modelId, source: formatModelUri({ modelId, folder: '' }), metrics: model.metrics };
}

/** Whether the target has the model itself, as the registry has that it was once exported from. */
async function isThereItself(
  target: Registry,
  { modelId }: LoggedModel,
  experimentId: string,
): Promise<boolean> {
  try {
    return (await target.getLoggedModel(modelId)).experimentId === experimentId;
  } catch (error) {
    if (error instanceof LoggedModelNotFoundError) return false;
    throw error;
  }
}

async function copyIntoRun(
  session: CopySession,
  model: LoggedModel,
  runId: string,
): Promise<CopiedLoggedModel> {
  const folder = model.name;
  await copyFiles(session, { ...(await filesOf(session, model)), ownerId: runId, folder });
  return { source: formatRunsUri({ runId, folder }), metrics: model.metrics };
}

async function filesOf({ source }: CopySession, { modelId }: LoggedModel) {
  const files: Artifact[] = [];
  for await (const file of source.files(modelId)) files.push(file);
  return { files, open: (path: string) => source.openFile(modelId, path) };
}
