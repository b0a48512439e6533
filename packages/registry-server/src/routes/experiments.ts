import { ExperimentNotFoundError } from '@gnu-mlops/registry-client';
import { readLocation } from '../read-location.ts';
import { type Route, route } from '../route.ts';
import { count, required, text } from '../wire/field.ts';
import { formatExperiment } from '../wire/format-experiment.ts';
import { formatPage, readSearch, searchFields } from '../wire/page.ts';
import { readTags, tagList } from '../wire/tags.ts';
import { viewType } from '../wire/words.ts';

const experiment = { experiment_id: required(text) };

const search = { ...searchFields, max_results: count(50_000), view_type: viewType };

const searchRoutes = (['GET', 'POST'] as const).map((method) =>
  route(
    { method, path: '/mlflow/experiments/search', scope: 'read' },
    search,
    async ({ registry, signal }, { view_type: view = 'active', ...sent }) => {
      const page = await registry.searchExperiments({ ...readSearch(sent), view }, { signal });
      return formatPage('experiments', page, formatExperiment);
    },
  ),
);

/** Experiments: what runs belong to. */
export const experimentRoutes: readonly Route[] = [
  route(
    { method: 'POST', path: '/mlflow/experiments/create', scope: 'write' },
    { name: required(text), artifact_location: text, tags: tagList },
    async ({ registry }, { name, artifact_location: location = '', tags }) => {
      const artifactLocation = readLocation(location);
      const { experimentId } = await registry.createExperiment(name, {
        tags: readTags(tags),
        ...(artifactLocation === undefined ? {} : { artifactLocation }),
      });
      return { experiment_id: experimentId };
    },
  ),
  route(
    { method: 'GET', path: '/mlflow/experiments/get', scope: 'read' },
    experiment,
    async ({ registry }, { experiment_id: id }) => ({
      experiment: formatExperiment(await registry.getExperiment(id)),
    }),
  ),
  route(
    { method: 'GET', path: '/mlflow/experiments/get-by-name', scope: 'read' },
    { experiment_name: required(text) },
    async ({ registry }, { experiment_name: name }) => {
      const found = await registry.findExperiment(name);
      if (found === undefined) throw new ExperimentNotFoundError(name);
      return { experiment: formatExperiment(found) };
    },
  ),
  ...searchRoutes,
  route(
    { method: 'POST', path: '/mlflow/experiments/update', scope: 'write' },
    { ...experiment, new_name: required(text) },
    ({ registry }, { experiment_id: id, new_name: name }) =>
      registry.updateExperiment(id, { name }),
  ),
  route(
    { method: 'POST', path: '/mlflow/experiments/delete', scope: 'write' },
    experiment,
    ({ registry }, { experiment_id: id }) => registry.deleteExperiment(id),
  ),
  route(
    { method: 'POST', path: '/mlflow/experiments/restore', scope: 'write' },
    experiment,
    ({ registry }, { experiment_id: id }) => registry.restoreExperiment(id),
  ),
  route(
    { method: 'POST', path: '/mlflow/experiments/set-experiment-tag', scope: 'write' },
    { ...experiment, key: required(text), value: text },
    ({ registry }, { experiment_id: id, key, value = '' }) =>
      registry.setExperimentTag(id, key, value),
  ),
  route(
    { method: 'POST', path: '/mlflow/experiments/delete-experiment-tag', scope: 'write' },
    { ...experiment, key: required(text) },
    ({ registry }, { experiment_id: id, key }) => registry.deleteExperimentTag(id, key),
  ),
];
