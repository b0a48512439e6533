import type { CallOptions } from '../call-options.ts';
import { checkExperimentName, checkKey } from '../check-names.ts';
import { checkTags, checkText } from '../check-values.ts';
import type { Experiment, Page } from '../entities.ts';
import { AlreadyExistsError, DeletedError } from '../conflict-errors.ts';
import { ExperimentNotFoundError, TagNotFoundError } from '../not-found-errors.ts';
import { LIMITS } from '../limits.ts';
import type { NewExperiment, SearchExperimentsRequest, SearchView } from '../registry.ts';
import { readExperiment } from './read-entities.ts';
import {
  type Remote,
  create,
  entityIn,
  get,
  isMissing,
  isTaken,
  orFail,
  orMissing,
  orUnsupported,
  put,
} from './remote.ts';
import { type SearchGrammar, formatSearch } from './search-grammar.ts';
import { readPage } from './search-remote.ts';
import { formatTags, readText } from './wire-values.ts';

/** MLflow's names for what to search among. */
export const VIEW_TYPES: Readonly<Record<SearchView, string>> = {
  active: 'ACTIVE_ONLY',
  deleted: 'DELETED_ONLY',
  all: 'ALL',
};

const grammar: SearchGrammar = {
  attributes: { name: 'text', creation_time: 'number', last_update_time: 'number' },
  entities: ['tag'],
  attributePrefix: '',
  pageSize: { usual: 1000, most: 50_000 },
};

/** @throws {AlreadyExistsError | NameInvalidError | ValueInvalidError} */
export async function createExperiment(
  remote: Remote,
  name: string,
  { tags = {}, artifactLocation }: NewExperiment,
): Promise<Experiment> {
  checkExperimentName(name);
  checkTags(tags, LIMITS.experimentTagValueLength);
  const location = artifactLocation === undefined ? {} : { artifact_location: artifactLocation };
  const made = await orFail(
    create(remote, 'experiments/create', { name, ...location, tags: formatTags(tags) }),
    (refusal) => (isTaken(refusal) ? new AlreadyExistsError('experiment', name) : undefined),
  );
  return getExperiment(remote, readText(made, 'experiment_id'));
}

/** @throws {DeletedError | NameInvalidError} */
export async function ensureExperiment(remote: Remote, name: string): Promise<Experiment> {
  checkExperimentName(name);
  let found = await findExperiment(remote, name);
  if (found === undefined) {
    try {
      return await createExperiment(remote, name, {});
    } catch (error) {
      // Somebody made it just now; or the answer to our own request was lost.
      found = await findExperiment(remote, name);
      if (found === undefined) throw error;
    }
  }
  if (found.lifecycleStage === 'deleted') throw new DeletedError('experiment', name);
  return found;
}

/** @throws {ExperimentNotFoundError} also for a text that is no id. */
export async function getExperiment(remote: Remote, experimentId: string): Promise<Experiment> {
  if (!isExperimentId(experimentId)) throw new ExperimentNotFoundError(experimentId);
  const answer = await orFail(
    get(remote, 'experiments/get', { experiment_id: experimentId }),
    (refusal) => (isMissing(refusal) ? new ExperimentNotFoundError(experimentId) : undefined),
  );
  return readExperiment(entityIn(remote, answer, 'experiment'));
}

/** Also a deleted one. */
export async function findExperiment(
  remote: Remote,
  name: string,
): Promise<Experiment | undefined> {
  const asked = get(remote, 'experiments/get-by-name', { experiment_name: name });
  const answer = await orMissing(asked);
  return answer === undefined ? undefined : readExperiment(entityIn(remote, answer, 'experiment'));
}

/** In the server's order unless ordered otherwise. */
export async function searchExperiments(
  remote: Remote,
  request: SearchExperimentsRequest,
  { signal }: CallOptions,
): Promise<Page<Experiment>> {
  const body = {
    ...formatSearch(request, grammar),
    view_type: VIEW_TYPES[request.view ?? 'active'],
  };
  const asked = put(remote, 'experiments/search', body, signal);
  return readPage(asked, 'experiments', readExperiment);
}

/** @throws {ExperimentNotFoundError | AlreadyExistsError | DeletedError | NameInvalidError} */
export async function renameExperiment(
  remote: Remote,
  experimentId: string,
  name: string,
): Promise<void> {
  checkExperimentName(name);
  // Asked first: a server calls the renaming of a deleted one a failure of its own.
  const refused = await refusedExperiment(remote, experimentId);
  if (refused !== undefined) throw refused;
  const body = { experiment_id: experimentId, new_name: name };
  await orFail(put(remote, 'experiments/update', body), async (refusal) => {
    const holder = await findExperiment(remote, name);
    const isHeld = holder !== undefined && holder.experimentId !== experimentId;
    return isTaken(refusal) || isHeld ? new AlreadyExistsError('experiment', name) : undefined;
  });
}

/** @throws {ExperimentNotFoundError | DeletedError | NameInvalidError | ValueInvalidError} */
export async function setExperimentTag(
  remote: Remote,
  experimentId: string,
  { key, value }: { readonly key: string; readonly value: string },
): Promise<void> {
  checkKey('tag', key);
  checkText(`tag "${key}"`, value, LIMITS.experimentTagValueLength);
  const body = { experiment_id: experimentId, key, value };
  await orFail(put(remote, 'experiments/set-experiment-tag', body), () =>
    refusedExperiment(remote, experimentId),
  );
}

/** @throws {ExperimentNotFoundError | TagNotFoundError | DeletedError | OperationUnsupportedError} */
export async function deleteExperimentTag(
  remote: Remote,
  experimentId: string,
  key: string,
): Promise<void> {
  checkKey('tag', key);
  const { tags, lifecycleStage, name } = await getExperiment(remote, experimentId);
  if (lifecycleStage === 'deleted') throw new DeletedError('experiment', name);
  if (!Object.hasOwn(tags, key)) throw new TagNotFoundError(`experiment ${experimentId}`, key);
  const body = { experiment_id: experimentId, key };
  const asked = put(remote, 'experiments/delete-experiment-tag', body);
  await orUnsupported(remote, 'deleteExperimentTag', asked);
}

/** Why a server refused to change an experiment, where one of our errors says it. */
async function refusedExperiment(remote: Remote, experimentId: string): Promise<Error | undefined> {
  const { name, lifecycleStage } = await getExperiment(remote, experimentId);
  return lifecycleStage === 'deleted' ? new DeletedError('experiment', name) : undefined;
}

/** Delete or restore. @throws {ExperimentNotFoundError} */
export async function moveExperiment(
  remote: Remote,
  experimentId: string,
  verb: 'delete' | 'restore',
): Promise<void> {
  const { lifecycleStage } = await getExperiment(remote, experimentId);
  if ((lifecycleStage === 'deleted') === (verb === 'delete')) return;
  await put(remote, `experiments/${verb}`, { experiment_id: experimentId });
}

/** Whether a text can be the id of an experiment: a whole number without leading zeros. */
export function isExperimentId(text: string): boolean {
  return /^(0|[1-9]\d*)$/.test(text);
}
