import { type Route, route } from '../route.ts';
import { count, flag, list, required, text } from '../wire/field.ts';
import { formatLoggedModel } from '../wire/format-logged-model.ts';
import { message } from '../wire/message.ts';
import { formatPage, readPage } from '../wire/page.ts';
import { readDatasetName, readModelOrder } from '../wire/read-model-order.ts';
import { readTags, tagList } from '../wire/tags.ts';
import { finalModelStatus } from '../wire/words.ts';

const path = '/mlflow/logged-models';
const model = { model_id: required(text) };
const dataset = { dataset_name: required(text), dataset_digest: text };

/** Logged models: models as runs made them, before anybody registers them. */
export const loggedModelRoutes: readonly Route[] = [
  route(
    { method: 'POST', path, scope: 'write' },
    {
      experiment_id: required(text),
      name: text,
      model_type: text,
      source_run_id: text,
      params: tagList,
      tags: tagList,
    },
    async ({ registry }, { experiment_id: experimentId, params, tags, ...sent }) => {
      const { name = '', model_type: modelType = '', source_run_id: sourceRunId = '' } = sent;
      const created = await registry.createLoggedModel({
        experimentId,
        params: readTags(params),
        tags: readTags(tags),
        ...(name === '' ? {} : { name }),
        ...(modelType === '' ? {} : { modelType }),
        ...(sourceRunId === '' ? {} : { sourceRunId }),
      });
      return { model: formatLoggedModel(created) };
    },
  ),
  route(
    { method: 'POST', path: `${path}/search`, scope: 'read' },
    {
      experiment_ids: required(list(text)),
      filter: text,
      datasets: list(message(dataset)),
      max_results: count(50),
      order_by: list(
        message({
          field_name: required(text),
          ascending: flag,
          dataset_name: text,
          dataset_digest: text,
        }),
      ),
      page_token: text,
    },
    async ({ registry, signal }, { experiment_ids: experimentIds, filter = '', ...sent }) => {
      const { datasets, order_by: orderBy } = sent;
      const request = {
        experimentIds,
        ...readPage(sent),
        ...(filter === '' ? {} : { filter }),
        ...(datasets === undefined ? {} : { datasets: datasets.map(readDatasetName) }),
        ...(orderBy === undefined ? {} : { orderBy: orderBy.map(readModelOrder) }),
      };
      const page = await registry.searchLoggedModels(request, { signal });
      return formatPage('models', page, formatLoggedModel);
    },
  ),
  route(
    { method: 'GET', path: `${path}/:model_id`, scope: 'read' },
    model,
    async (context, sent) => ({
      model: formatLoggedModel(await context.registry.getLoggedModel(sent.model_id)),
    }),
  ),
  route(
    { method: 'PATCH', path: `${path}/:model_id`, scope: 'write' },
    { ...model, status: required(finalModelStatus) },
    async ({ registry }, { model_id: id, status }) => ({
      model: formatLoggedModel(await registry.finalizeLoggedModel(id, status)),
    }),
  ),
  route(
    { method: 'DELETE', path: `${path}/:model_id`, scope: 'write' },
    model,
    ({ registry }, { model_id: id }) => registry.deleteLoggedModel(id),
  ),
  route(
    { method: 'POST', path: `${path}/:model_id/params`, scope: 'write' },
    { ...model, params: tagList },
    ({ registry }, { model_id: id, params }) => registry.logLoggedModelParams(id, readTags(params)),
  ),
  route(
    { method: 'PATCH', path: `${path}/:model_id/tags`, scope: 'write' },
    { ...model, tags: tagList },
    async ({ registry }, { model_id: id, tags }) => {
      await registry.setLoggedModelTags(id, readTags(tags));
      return { model: formatLoggedModel(await registry.getLoggedModel(id)) };
    },
  ),
  route(
    { method: 'DELETE', path: `${path}/:model_id/tags/*`, scope: 'write' },
    { ...model, '*': required(text) },
    ({ registry }, { model_id: id, '*': key }) => registry.deleteLoggedModelTag(id, key),
  ),
];
