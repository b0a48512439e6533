import type { CallOptions } from './call-options.ts';
import type {
  Experiment,
  LoggedModel,
  MetricPoint,
  ModelVersion,
  Page,
  RegisteredModel,
  Run,
} from './entities.ts';
import type { SearchLoggedModelsRequest } from './logged-model-requests.ts';
import type {
  PageRequest,
  Registry,
  SearchExperimentsRequest,
  SearchRequest,
  SearchRunsRequest,
} from './registry.ts';

/** Every experiment that a search finds, fetched page by page as they are asked for. */
export function iterateExperiments(
  registry: Pick<Registry, 'searchExperiments'>,
  request: SearchExperimentsRequest = {},
  options: CallOptions = {},
): AsyncGenerator<Experiment, void, undefined> {
  return iteratePages((page) => registry.searchExperiments(page, options), request);
}

/** Every run that a search finds, fetched page by page as they are asked for. */
export function iterateRuns(
  registry: Pick<Registry, 'searchRuns'>,
  request: SearchRunsRequest,
  options: CallOptions = {},
): AsyncGenerator<Run, void, undefined> {
  return iteratePages((page) => registry.searchRuns(page, options), request);
}

/** Every logged model that a search finds, fetched page by page as they are asked for. */
export function iterateLoggedModels(
  registry: Pick<Registry, 'searchLoggedModels'>,
  request: SearchLoggedModelsRequest,
  options: CallOptions = {},
): AsyncGenerator<LoggedModel, void, undefined> {
  return iteratePages((page) => registry.searchLoggedModels(page, options), request);
}

/** Every registered model that a search finds, fetched page by page as they are asked for. */
export function iterateRegisteredModels(
  registry: Pick<Registry, 'searchRegisteredModels'>,
  request: SearchRequest = {},
  options: CallOptions = {},
): AsyncGenerator<RegisteredModel, void, undefined> {
  return iteratePages((page) => registry.searchRegisteredModels(page, options), request);
}

/** Every version that a search finds, fetched page by page as they are asked for. */
export function iterateModelVersions(
  registry: Pick<Registry, 'searchModelVersions'>,
  request: SearchRequest = {},
  options: CallOptions = {},
): AsyncGenerator<ModelVersion, void, undefined> {
  return iteratePages((page) => registry.searchModelVersions(page, options), request);
}

/** Every value of a metric of a run, fetched page by page as they are asked for. */
export function iterateMetricHistory(
  registry: Pick<Registry, 'getMetricPage'>,
  metric: { readonly runId: string; readonly key: string },
  options: CallOptions = {},
): AsyncGenerator<MetricPoint, void, undefined> {
  const { runId, key } = metric;
  const first: PageRequest = {};
  return iteratePages((page) => registry.getMetricPage(runId, key, { ...page, ...options }), first);
}

async function* iteratePages<T, Request extends PageRequest>(
  fetchPage: (request: Request) => Promise<Page<T>>,
  request: Request,
): AsyncGenerator<T, void, undefined> {
  let page = await fetchPage(request);
  for (;;) {
    yield* page.items;
    if (page.nextPageToken === undefined) return;
    page = await fetchPage({ ...request, pageToken: page.nextPageToken });
  }
}
