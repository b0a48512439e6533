import type { LoggedModel, Page } from '../entities.ts';
import type { DatasetName, SearchLoggedModelsRequest } from '../logged-model-requests.ts';
import { experimentNumber } from './experiments.ts';
import { type LoggedModelRow, toLoggedModel } from './logged-model-rows.ts';
import { searchPage } from './search-page.ts';
import type { KeyedTable, SearchAttribute, SearchTarget } from './search-target.ts';
import { byColumn } from './sql-condition.ts';
import type { Store } from './store.ts';

const created: SearchAttribute = { column: 'e.creation_time', type: 'number' };
const updated: SearchAttribute = { column: 'e.last_updated_time', type: 'number' };
const owner = ['model_id'];

const attributes: SearchTarget['attributes'] = {
  name: { column: 'e.name', type: 'text' },
  model_id: { column: 'e.model_id', type: 'text' },
  model_type: { column: 'e.model_type', type: 'text' },
  status: { column: 'e.status', type: 'text' },
  source_run_id: { column: 'e.source_run_id', type: 'text' },
  experiment_id: { column: 'e.experiment_id', type: 'id' },
  creation_time: created,
  creation_timestamp: created,
  last_updated_time: updated,
  last_updated_timestamp: updated,
};

/** Newest first unless ordered otherwise. */
export function searchLoggedModels(
  store: Store,
  request: SearchLoggedModelsRequest,
): Page<LoggedModel> {
  const { datasets = [] } = request;
  const experiments = JSON.stringify(request.experimentIds.map(experimentNumber));
  const select = `SELECT e.* FROM logged_models e
    WHERE e.experiment_id IN (SELECT value FROM json_each(?)) AND e.deleted_time IS NULL`;
  const metrics = metricsOn(datasets);
  const measured = `e.model_id IN (SELECT k.model_id FROM ${metrics.table} k WHERE ${metrics.where?.sql})`;
  return searchPage<LoggedModelRow, LoggedModel>(store, request, {
    target: targetFor(metrics),
    select: datasets.length === 0 ? select : `${select} AND ${measured}`,
    parameters: [experiments, ...(metrics.where?.parameters ?? [])],
    pageSize: { usual: 50, most: 50 },
    toItems: (rows) => rows.map((row) => toLoggedModel(store, row)),
  });
}

function targetFor(metric: KeyedTable): SearchTarget {
  return {
    attributes,
    keyed: {
      metric,
      param: { table: 'logged_model_params', owner, type: 'text' },
      tag: { table: 'logged_model_tags', owner, type: 'text' },
    },
    datasets: {},
    lookUp: 'all',
    absentTagsDiffer: [],
    defaultOrder: [byColumn('e.creation_time', 'DESC'), byColumn('e.model_id')],
  };
}

/** The metrics of logged models; where data sets are named, those that were measured on one. */
function metricsOn(datasets: readonly DatasetName[]): KeyedTable {
  const table: KeyedTable = {
    table: 'logged_model_metrics',
    owner,
    type: 'metric',
    latestFirst: 'k.timestamp DESC, k.step DESC',
  };
  if (datasets.length === 0) return table;
  return {
    ...table,
    where: {
      sql: `EXISTS (
        SELECT 1 FROM json_each(?) d WHERE k.dataset_name = d.value ->> 'datasetName'
        AND ifnull(k.dataset_digest = d.value ->> 'datasetDigest', d.value ->> 'datasetDigest' IS NULL))`,
      parameters: [JSON.stringify(datasets)],
    },
  };
}
