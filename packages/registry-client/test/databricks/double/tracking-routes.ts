import type { RunStatus } from '../../../src/entities.ts';
import type { Registry } from '../../../src/registry.ts';
import { type DoubleRequest, type DoubleRoutes, tagsOf, text } from './double-route.ts';
import { invalid } from './refusal.ts';
import { readMetric, wireExperiment, wireLoggedModel, wireMetric, wireRun } from './wire-forms.ts';

type Wire = { readonly [field: string]: unknown };

const API = '/api/2.0/mlflow';
const views = { ACTIVE_ONLY: 'active', DELETED_ONLY: 'deleted', ALL: 'all' } as const;

/** Experiments, runs and logged models of a workspace, kept in an embedded registry. */
export function trackingRoutes(store: Registry): DoubleRoutes {
  const search = (request: DoubleRequest, viewField: string) => ({
    ...(text(request, 'filter') === '' ? {} : { filter: text(request, 'filter') }),
    ...(request.fields['order_by'] === undefined
      ? {}
      : { orderBy: request.fields['order_by'] as string[] }),
    ...(request.fields['max_results'] === undefined
      ? {}
      : { maxResults: request.fields['max_results'] as number }),
    ...(text(request, 'page_token') === '' ? {} : { pageToken: text(request, 'page_token') }),
    view: views[(text(request, viewField) || 'ACTIVE_ONLY') as keyof typeof views],
  });
  const experiment = (request: DoubleRequest) => text(request, 'experiment_id');
  const run = (request: DoubleRequest) => text(request, 'run_id');
  const model = (request: DoubleRequest) => text(request, 'model_id');
  const nothing = async (done: Promise<unknown>) => {
    await done;
    return {};
  };

  return {
    [`POST ${API}/experiments/create`]: async (request) => {
      const name = checkExperimentPath(text(request, 'name'));
      const made = await store.createExperiment(name, { tags: tagsOf(request.fields['tags']) });
      return { experiment_id: made.experimentId };
    },
    [`GET ${API}/experiments/get`]: async (request) => ({
      experiment: wireExperiment(await store.getExperiment(hideDefault(experiment(request)))),
    }),
    [`GET ${API}/experiments/get-by-name`]: async (request) => {
      const found = await store.findExperiment(text(request, 'experiment_name'));
      return { experiment: wireExperiment(found ?? (await store.getExperiment('-'))) };
    },
    [`POST ${API}/experiments/search`]: async (request) => {
      const page = await store.searchExperiments(search(request, 'view_type'));
      const shown = page.items.filter(({ experimentId }) => experimentId !== '0');
      return { experiments: shown.map(wireExperiment), next_page_token: page.nextPageToken };
    },
    [`POST ${API}/experiments/update`]: (request) =>
      nothing(
        store.updateExperiment(experiment(request), {
          name: checkExperimentPath(text(request, 'new_name')),
        }),
      ),
    [`POST ${API}/experiments/set-experiment-tag`]: (request) =>
      nothing(
        store.setExperimentTag(experiment(request), text(request, 'key'), text(request, 'value')),
      ),
    [`POST ${API}/experiments/delete-experiment-tag`]: (request) =>
      nothing(store.deleteExperimentTag(experiment(request), text(request, 'key'))),
    [`POST ${API}/experiments/delete`]: (request) =>
      nothing(store.deleteExperiment(experiment(request))),
    [`POST ${API}/experiments/restore`]: (request) =>
      nothing(store.restoreExperiment(experiment(request))),

    [`POST ${API}/runs/create`]: async (request) => {
      const made = await store.createRun({
        experimentId: hideDefault(experiment(request)),
        startTime: request.fields['start_time'] as number,
        userId: text(request, 'user_id'),
        tags: tagsOf(request.fields['tags']),
        ...(text(request, 'run_name') === '' ? {} : { runName: text(request, 'run_name') }),
      });
      return { run: wireRun(made) };
    },
    [`GET ${API}/runs/get`]: async (request) => ({
      run: wireRun(await store.getRun(run(request))),
    }),
    [`POST ${API}/runs/update`]: async (request) => {
      const { status, end_time: endTime, run_name: runName } = request.fields as Wire;
      await store.updateRun(run(request), {
        ...(status === undefined ? {} : { status: status as RunStatus }),
        ...(endTime === undefined ? {} : { endTime: endTime as number }),
        ...(runName === undefined ? {} : { runName: runName as string }),
      });
      return {};
    },
    [`POST ${API}/runs/delete`]: (request) => nothing(store.deleteRun(run(request))),
    [`POST ${API}/runs/restore`]: (request) => nothing(store.restoreRun(run(request))),
    [`POST ${API}/runs/delete-tag`]: (request) =>
      nothing(store.deleteRunTag(run(request), text(request, 'key'))),
    [`POST ${API}/runs/log-parameter`]: (request) =>
      nothing(
        store.logBatch(run(request), {
          params: { [text(request, 'key')]: text(request, 'value') },
        }),
      ),
    [`POST ${API}/runs/log-batch`]: ({ fields }) =>
      nothing(
        store.logBatch(String(fields['run_id']), {
          params: tagsOf(fields['params']),
          tags: tagsOf(fields['tags']),
          metrics: ((fields['metrics'] ?? []) as Wire[]).map(readMetric),
        }),
      ),
    [`POST ${API}/runs/log-inputs`]: async ({ fields }) => {
      const runId = String(fields['run_id']);
      const datasets = ((fields['datasets'] ?? []) as Wire[]).map((input) => {
        const { source_type: sourceType, ...dataset } = input['dataset'] as Record<string, string>;
        const { 'mlflow.data.context': context, ...tags } = tagsOf(input['tags']);
        return {
          ...(dataset as { name: string; digest: string; source: string }),
          sourceType: sourceType!,
          ...(context === undefined ? {} : { context }),
          ...(Object.keys(tags).length === 0 ? {} : { tags }),
        };
      });
      const models = (fields['models'] ?? []) as { readonly model_id: string }[];
      if (datasets.length > 0) await store.logInputs(runId, datasets);
      if (models.length > 0) {
        await store.logModels(runId, { inputs: models.map(({ model_id }) => model_id) });
      }
      return {};
    },
    [`POST ${API}/runs/outputs`]: ({ fields }) => {
      const models = (fields['models'] ?? []) as { model_id: string; step?: number }[];
      const outputs = models.map(({ model_id, step = 0 }) => ({ modelId: model_id, step }));
      return nothing(store.logModels(String(fields['run_id']), { outputs }));
    },
    [`POST ${API}/runs/search`]: async (request) => {
      const experimentIds = request.fields['experiment_ids'] as string[];
      const page = await store.searchRuns({ experimentIds, ...search(request, 'run_view_type') });
      return { runs: page.items.map(wireRun), next_page_token: page.nextPageToken };
    },
    [`GET ${API}/metrics/get-history`]: async (request) => {
      const { view: _view, ...page } = search(request, '');
      const found = await store.getMetricPage(run(request), text(request, 'metric_key'), page);
      return { metrics: found.items.map(wireMetric), next_page_token: found.nextPageToken };
    },

    [`POST ${API}/logged-models`]: async (request) => {
      const optional = {
        name: request.fields['name'],
        modelType: request.fields['model_type'],
        sourceRunId: request.fields['source_run_id'],
      } as Record<string, string | undefined>;
      const made = await store.createLoggedModel({
        experimentId: experiment(request),
        params: tagsOf(request.fields['params']),
        tags: tagsOf(request.fields['tags']),
        ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
      });
      return { model: wireLoggedModel(made) };
    },
    [`GET ${API}/logged-models/{model_id}`]: async (request) => ({
      model: wireLoggedModel(await store.getLoggedModel(model(request))),
    }),
    [`PATCH ${API}/logged-models/{model_id}`]: async (request) => {
      const status = text(request, 'status') === 'LOGGED_MODEL_READY' ? 'READY' : 'FAILED';
      const model_ = await store.finalizeLoggedModel(model(request), status);
      return { model: wireLoggedModel(model_) };
    },
    [`DELETE ${API}/logged-models/{model_id}`]: (request) =>
      nothing(store.deleteLoggedModel(model(request))),
    [`POST ${API}/logged-models/{model_id}/params`]: (request) =>
      nothing(store.logLoggedModelParams(model(request), tagsOf(request.fields['params']))),
    [`PATCH ${API}/logged-models/{model_id}/tags`]: (request) =>
      nothing(store.setLoggedModelTags(model(request), tagsOf(request.fields['tags']))),
    [`DELETE ${API}/logged-models/{model_id}/tags/{tag_key}`]: (request) =>
      nothing(store.deleteLoggedModelTag(model(request), text(request, 'tag_key'))),
    [`POST ${API}/logged-models/search`]: async ({ fields }) => {
      const orders = (fields['order_by'] ?? []) as Record<string, string | boolean>[];
      const datasets = (fields['datasets'] ?? []) as Record<string, string>[];
      const page = await store.searchLoggedModels({
        experimentIds: fields['experiment_ids'] as string[],
        ...(fields['filter'] === undefined ? {} : { filter: String(fields['filter']) }),
        ...(fields['max_results'] === undefined
          ? {}
          : { maxResults: Number(fields['max_results']) }),
        ...(fields['page_token'] === undefined ? {} : { pageToken: String(fields['page_token']) }),
        datasets: datasets.map(readDataset),
        orderBy: orders.map((order) => {
          const orderBy = `${order['field_name']} ${order['ascending'] === false ? 'DESC' : 'ASC'}`;
          const isPlain = order['dataset_name'] === undefined;
          return isPlain ? orderBy : { orderBy, ...readDataset(order as Record<string, string>) };
        }),
      });
      return { models: page.items.map(wireLoggedModel), next_page_token: page.nextPageToken };
    },
  };
}

function readDataset(wire: Record<string, string>): {
  readonly datasetName: string;
  readonly datasetDigest?: string;
} {
  const digest = wire['dataset_digest'];
  const datasetName = wire['dataset_name']!;
  return digest === undefined ? { datasetName } : { datasetName, datasetDigest: digest };
}

/** A workspace names experiments by their paths. */
function checkExperimentPath(name: string): string {
  if (/^\/(Shared|Users|Repos)\/\S/.test(name)) return name;
  throw invalid(
    `Got an invalid experiment name '${name}'. An experiment name must be an absolute path within the Databricks workspace.`,
  );
}

/** A workspace has no experiment "Default". */
function hideDefault(experimentId: string): string {
  return experimentId === '0' ? '-' : experimentId;
}
