import type { CallOptions } from '../call-options.ts';
import { checkDatasets } from '../check-datasets.ts';
import { checkKey } from '../check-names.ts';
import { checkNewRun, checkRunUpdate } from '../check-run.ts';
import type { DatasetInput, Page, Run } from '../entities.ts';
import { DeletedError } from '../conflict-errors.ts';
import { RunNotFoundError, TagNotFoundError } from '../not-found-errors.ts';
import type { RunModels } from '../logged-model-requests.ts';
import type { RemoteRefusedError } from '../remote-errors.ts';
import type { NewRun, RunUpdate, SearchRunsRequest } from '../registry.ts';
import { VIEW_TYPES, getExperiment, isExperimentId } from './experiments.ts';
import { getLoggedModel } from './logged-models.ts';
import { readRun } from './read-entities.ts';
import {
  type Remote,
  create,
  entityIn,
  get,
  isMissing,
  orFail,
  orUnsupported,
  put,
} from './remote.ts';
import { type SearchGrammar, formatSearch } from './search-grammar.ts';
import { readPage } from './search-remote.ts';
import { formatTags } from './wire-values.ts';

const grammar: SearchGrammar = {
  attributes: {
    run_id: 'text',
    run_name: 'text',
    status: 'text',
    user_id: 'text',
    artifact_uri: 'text',
    start_time: 'number',
    end_time: 'number',
  },
  otherNames: {
    'run name': 'run_name',
    'Run name': 'run_name',
    'Run Name': 'run_name',
    created: 'start_time',
    Created: 'start_time',
  },
  entities: ['metric', 'param', 'tag', 'dataset'],
  attributePrefix: 'attributes.',
  pageSize: { usual: 1000, most: 50_000 },
};

/** @throws {ExperimentNotFoundError | DeletedError | NameInvalidError | ValueInvalidError} */
export async function createRun(remote: Remote, run: NewRun): Promise<Run> {
  const { experimentId, runName, startTime, userId = remote.userId, tags = {} } = run;
  checkNewRun({ ...run, userId });
  const body = {
    experiment_id: experimentId,
    start_time: startTime,
    user_id: userId,
    ...(runName === undefined ? {} : { run_name: runName }),
    tags: formatTags(tags),
  };
  const answer = await orFail(create(remote, 'runs/create', body), async () => {
    const { name, lifecycleStage } = await getExperiment(remote, experimentId);
    return lifecycleStage === 'deleted' ? new DeletedError('experiment', name) : undefined;
  });
  return readRun(entityIn(remote, answer, 'run'));
}

/** @throws {RunNotFoundError} */
export async function getRun(remote: Remote, runId: string): Promise<Run> {
  if (!/^[\w-]+$/.test(runId)) throw new RunNotFoundError(runId);
  const answer = await orFail(get(remote, 'runs/get', { run_id: runId }), (refusal) =>
    isMissing(refusal) ? new RunNotFoundError(runId) : undefined,
  );
  return readRun(entityIn(remote, answer, 'run'));
}

/** @throws {RunNotFoundError | DeletedError | ValueInvalidError} */
export async function updateRun(remote: Remote, runId: string, update: RunUpdate): Promise<void> {
  checkRunUpdate(update);
  const { status, endTime, runName } = update;
  const body = {
    run_id: runId,
    ...(status === undefined ? {} : { status }),
    ...(endTime === undefined ? {} : { end_time: endTime }),
    ...(runName === undefined ? {} : { run_name: runName }),
  };
  await orFail(put(remote, 'runs/update', body), (refusal) => refusedWrite(remote, runId, refusal));
}

/** @throws {RunNotFoundError | DeletedError | ValueInvalidError} */
export async function logInputs(
  remote: Remote,
  runId: string,
  datasets: readonly DatasetInput[],
): Promise<void> {
  checkDatasets(datasets);
  const body = { run_id: runId, datasets: datasets.map(formatInput) };
  await orFail(put(remote, 'runs/log-inputs', body), (refusal) =>
    refusedWrite(remote, runId, refusal),
  );
}

/**
 * Note which logged models a run read and made.
 *
 * @throws {RunNotFoundError | LoggedModelNotFoundError | DeletedError | OperationUnsupportedError}
 */
export async function logModels(
  remote: Remote,
  runId: string,
  { inputs = [], outputs = [] }: RunModels,
): Promise<void> {
  const run = await getRun(remote, runId);
  if (run.lifecycleStage === 'deleted') throw new DeletedError('run', runId);
  for (const modelId of [...inputs, ...outputs.map((output) => output.modelId)]) {
    await getLoggedModel(remote, modelId);
  }
  const known = new Set(run.modelInputs);
  const read = inputs.filter((modelId) => !known.has(modelId));
  if (read.length > 0) {
    const body = { run_id: runId, models: read.map((model_id) => ({ model_id })) };
    await orUnsupported(remote, 'logModels', put(remote, 'runs/log-inputs', body));
  }
  const made = outputs.filter(
    (output) => !run.modelOutputs.some(({ modelId }) => modelId === output.modelId),
  );
  if (made.length > 0) {
    const models = made.map(({ modelId, step }) => ({ model_id: modelId, step }));
    const asked = put(remote, 'runs/outputs', { run_id: runId, models });
    await orUnsupported(remote, 'logModels', asked);
  }
}

/** @throws {RunNotFoundError | TagNotFoundError | DeletedError | NameInvalidError} */
export async function deleteRunTag(remote: Remote, runId: string, key: string): Promise<void> {
  checkKey('tag', key);
  await orFail(put(remote, 'runs/delete-tag', { run_id: runId, key }), async (refusal) => {
    const { lifecycleStage, tags } = await getRun(remote, runId);
    if (lifecycleStage === 'deleted') return new DeletedError('run', runId);
    const isGone = isMissing(refusal) && !Object.hasOwn(tags, key);
    return isGone ? new TagNotFoundError(`run ${runId}`, key) : undefined;
  });
}

/** Newest first unless ordered otherwise. */
export async function searchRuns(
  remote: Remote,
  { experimentIds, view = 'active', ...request }: SearchRunsRequest,
  { signal }: CallOptions,
): Promise<Page<Run>> {
  const search = formatSearch(request, grammar);
  const ids = experimentIds.filter(isExperimentId);
  if (ids.length === 0) return { items: [] };
  const body = { ...search, experiment_ids: ids, run_view_type: VIEW_TYPES[view] };
  return readPage(put(remote, 'runs/search', body, signal), 'runs', readRun);
}

/** Delete or restore. @throws {RunNotFoundError | DeletedError} */
export async function moveRun(
  remote: Remote,
  runId: string,
  verb: 'delete' | 'restore',
): Promise<void> {
  const { lifecycleStage, experimentId } = await getRun(remote, runId);
  if ((lifecycleStage === 'deleted') === (verb === 'delete')) return;
  if (verb === 'restore') {
    const { name, lifecycleStage: stage } = await getExperiment(remote, experimentId);
    if (stage === 'deleted') throw new DeletedError('experiment', name);
  }
  await put(remote, `runs/${verb}`, { run_id: runId });
}

/** Why a server refused to write to a run, where one of our errors says it. */
export async function refusedWrite(
  remote: Remote,
  runId: string,
  refusal: RemoteRefusedError,
): Promise<Error | undefined> {
  if (isMissing(refusal)) return new RunNotFoundError(runId);
  const { lifecycleStage } = await getRun(remote, runId);
  return lifecycleStage === 'deleted' ? new DeletedError('run', runId) : undefined;
}

function formatInput({ context, sourceType, tags = {}, ...dataset }: DatasetInput): object {
  return {
    dataset: { ...dataset, source_type: sourceType },
    tags: formatTags({
      ...tags,
      ...(context === undefined ? {} : { 'mlflow.data.context': context }),
    }),
  };
}
