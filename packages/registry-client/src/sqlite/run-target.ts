import type { SearchAttribute, SearchTarget } from './search-target.ts';
import { byColumn } from './sql-condition.ts';

const startTime: SearchAttribute = {
  column: 'e.start_time',
  type: 'number',
  index: 'runs_newest_first',
};
const runName: SearchAttribute = {
  column: 'e.run_name',
  type: 'text',
  index: 'runs_by_name',
};

/** What runs can be searched and ordered by. */
export const runTarget: SearchTarget = {
  attributes: {
    run_id: { column: 'e.run_id', type: 'text' },
    run_name: runName,
    'run name': runName,
    'Run name': runName,
    'Run Name': runName,
    status: { column: 'e.status', type: 'text', index: 'runs_by_status' },
    user_id: { column: 'e.user_id', type: 'text', index: 'runs_by_user' },
    artifact_uri: {
      column: `(SELECT rtrim(ifnull(x.artifact_location, 'mlflow-artifacts:/' || x.experiment_id), '/')
        || '/' || e.run_id || '/artifacts' FROM experiments x WHERE x.experiment_id = e.experiment_id)`,
      type: 'text',
    },
    lifecycle_stage: { column: 'e.lifecycle_stage', type: 'text' },
    start_time: startTime,
    created: startTime,
    Created: startTime,
    end_time: { column: 'e.end_time', type: 'number', index: 'runs_by_end' },
  },
  keyed: {
    metric: { table: 'latest_metrics', owner: ['run_id'], type: 'metric' },
    param: { table: 'run_params', owner: ['run_id'], type: 'text' },
    tag: { table: 'run_tags', owner: ['run_id'], type: 'text' },
  },
  datasets: {
    name: { column: 'k.name', type: 'text' },
    digest: { column: 'k.digest', type: 'text' },
    context: { column: 'k.context', type: 'text' },
  },
  lookUp: 'each',
  absentTagsDiffer: [],
  defaultOrder: [byColumn('e.start_time', 'DESC'), byColumn('e.run_id')],
};
