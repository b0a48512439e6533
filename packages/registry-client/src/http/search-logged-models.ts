import type { CallOptions } from '../call-options.ts';
import type { LoggedModel, Page } from '../entities.ts';
import type { SearchLoggedModelsRequest } from '../logged-model-requests.ts';
import { parseOrderBy } from '../search/parse-order-by.ts';
import { isExperimentId } from './experiments.ts';
import { readLoggedModel } from './read-logged-model.ts';
import { type Remote, orUnsupported, put } from './remote.ts';
import { type SearchGrammar, checkOrder, formatSearch } from './search-grammar.ts';
import { readPage } from './search-remote.ts';

const grammar: SearchGrammar = {
  attributes: {
    name: 'text',
    model_id: 'text',
    model_type: 'text',
    source_run_id: 'text',
    experiment_id: 'text',
    creation_timestamp: 'number',
    creation_time: 'number',
    last_updated_timestamp: 'number',
  },
  entities: ['metric', 'param', 'tag'],
  attributePrefix: '',
  pageSize: { usual: 50, most: 50 },
};

/** Newest first unless ordered otherwise. @throws {OperationUnsupportedError} on MLflow 2. */
export async function searchLoggedModels(
  remote: Remote,
  { experimentIds, datasets = [], orderBy = [], ...request }: SearchLoggedModelsRequest,
  { signal }: CallOptions,
): Promise<Page<LoggedModel>> {
  const search = formatSearch(request, grammar);
  const ids = experimentIds.filter(isExperimentId);
  if (ids.length === 0) return { items: [] };
  const body = {
    ...search,
    experiment_ids: ids,
    ...(datasets.length === 0 ? {} : { datasets: datasets.map(formatDataset) }),
    ...(orderBy.length === 0 ? {} : { order_by: orderBy.map(formatOrder) }),
  };
  const asked = put(remote, 'logged-models/search', body, signal);
  const answer = orUnsupported(remote, 'searchLoggedModels', asked);
  return readPage(answer, 'models', readLoggedModel);
}

function formatOrder(order: NonNullable<SearchLoggedModelsRequest['orderBy']>[number]): object {
  const { orderBy, ...dataset } = typeof order === 'string' ? { orderBy: order } : order;
  const term = parseOrderBy(orderBy);
  checkOrder(term, grammar);
  const isAttribute = term.entity === 'attribute';
  return {
    field_name: isAttribute ? term.key : `${term.entity}s.${term.key}`,
    ascending: term.direction === 'ASC',
    ...('datasetName' in dataset ? formatDataset(dataset) : {}),
  };
}

function formatDataset({
  datasetName,
  datasetDigest,
}: NonNullable<SearchLoggedModelsRequest['datasets']>[number]): object {
  return {
    dataset_name: datasetName,
    ...(datasetDigest === undefined ? {} : { dataset_digest: datasetDigest }),
  };
}
