import type { Page, Run } from '../entities.ts';
import type { SearchRunsRequest } from '../registry.ts';
import { experimentNumber } from './experiments.ts';
import { type RunRow, toRuns } from './run-rows.ts';
import { searchPage } from './search-page.ts';
import type { SearchAttribute, SearchTarget } from './search-target.ts';
import type { Store } from './store.ts';

const startTime: SearchAttribute = { column: 'e.start_time', type: 'number' };
const runName: SearchAttribute = { column: 'e.run_name', type: 'text' };

const runTarget: SearchTarget = {
  attributes: {
    run_id: { column: 'e.run_id', type: 'text' },
    run_name: runName,
    'run name': runName,
    'Run name': runName,
    'Run Name': runName,
    status: { column: 'e.status', type: 'text' },
    user_id: { column: 'e.user_id', type: 'text' },
    lifecycle_stage: { column: 'e.lifecycle_stage', type: 'text' },
    start_time: startTime,
    created: startTime,
    Created: startTime,
    end_time: { column: 'e.end_time', type: 'number' },
  },
  keyed: {
    metric: { table: 'latest_metrics', join: 'k.run_id = e.run_id', type: 'metric' },
    param: { table: 'run_params', join: 'k.run_id = e.run_id', type: 'text' },
    tag: { table: 'run_tags', join: 'k.run_id = e.run_id', type: 'text' },
  },
  datasets: {
    name: { column: 'k.name', type: 'text' },
    digest: { column: 'k.digest', type: 'text' },
    context: { column: 'k.context', type: 'text' },
  },
  absentTagsDiffer: [],
  defaultOrder: 'e.start_time DESC, e.run_id',
};

/** Newest first unless ordered otherwise. */
export function searchRuns(store: Store, request: SearchRunsRequest): Page<Run> {
  return searchPage<RunRow, Run>(store, request, {
    target: runTarget,
    select: `SELECT e.* FROM runs e
             WHERE e.experiment_id IN (SELECT value FROM json_each(?))
             AND ? IN (e.lifecycle_stage, 'all')`,
    parameters: [
      JSON.stringify(request.experimentIds.map(experimentNumber)),
      request.view ?? 'active',
    ],
    pageSize: { usual: 1000, most: 50_000 },
    toItems: (rows) => toRuns(store, rows),
  });
}
