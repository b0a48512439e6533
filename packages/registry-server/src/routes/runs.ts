import { type Route, route } from '../route.ts';
import { count, list, required, text, whole } from '../wire/field.ts';
import { formatRun, formatRunInfo } from '../wire/format-run.ts';
import { formatPage, readSearch, searchFields } from '../wire/page.ts';
import { readRunTags, tagList } from '../wire/tags.ts';
import { runStatus, viewType } from '../wire/words.ts';

/** The experiment that is always there. */
const DEFAULT_EXPERIMENT = '0';

const run = { run_id: required(text) };

/** Runs: created, looked up, searched, ended, deleted and restored. */
export const runRoutes: readonly Route[] = [
  route(
    { method: 'POST', path: '/mlflow/runs/create', scope: 'write' },
    { experiment_id: text, user_id: text, run_name: text, start_time: whole, tags: tagList },
    async ({ registry, now }, { experiment_id: experimentId = '', tags, ...sent }) => {
      const { run_name: runName = '', user_id: userId = '', start_time: startTime } = sent;
      const created = await registry.createRun({
        experimentId: experimentId === '' ? DEFAULT_EXPERIMENT : experimentId,
        startTime: startTime ?? now(),
        tags: readRunTags(tags),
        ...(runName === '' ? {} : { runName }),
        ...(userId === '' ? {} : { userId }),
      });
      return { run: formatRun(created) };
    },
  ),
  route(
    { method: 'GET', path: '/mlflow/runs/get', scope: 'read' },
    run,
    async ({ registry }, { run_id: id }) => ({ run: formatRun(await registry.getRun(id)) }),
  ),
  route(
    { method: 'POST', path: '/mlflow/runs/search', scope: 'read' },
    {
      ...searchFields,
      experiment_ids: list(text),
      run_view_type: viewType,
      max_results: count(50_000),
    },
    async ({ registry, signal }, { experiment_ids: experimentIds = [], ...sent }) => {
      const { run_view_type: view = 'active' } = sent;
      const request = { ...readSearch(sent), experimentIds, view };
      return formatPage('runs', await registry.searchRuns(request, { signal }), formatRun);
    },
  ),
  route(
    { method: 'POST', path: '/mlflow/runs/update', scope: 'write' },
    { ...run, status: runStatus, end_time: whole, run_name: text },
    async ({ registry }, { run_id: id, status, end_time: endTime, run_name: runName = '' }) => {
      await registry.updateRun(id, {
        ...(status === undefined ? {} : { status }),
        ...(endTime === undefined ? {} : { endTime }),
        ...(runName === '' ? {} : { runName }),
      });
      return { run_info: formatRunInfo(await registry.getRun(id)) };
    },
  ),
  route(
    { method: 'POST', path: '/mlflow/runs/delete', scope: 'write' },
    run,
    ({ registry }, { run_id: id }) => registry.deleteRun(id),
  ),
  route(
    { method: 'POST', path: '/mlflow/runs/restore', scope: 'write' },
    run,
    ({ registry }, { run_id: id }) => registry.restoreRun(id),
  ),
];
