import { type Registry, iterateRuns } from '@gnu-mlops/registry-client';
import { RequestInvalidError } from '../errors.ts';
import { type Route, route } from '../route.ts';
import { list, text } from '../wire/field.ts';
import { nonEmpty } from '../wire/tags.ts';

const MAX_EXPERIMENTS = 20;
const MAX_DATASETS = 1000;

/** Data sets that the runs of some experiments read, for web pages. */
export const datasetRoutes: readonly Route[] = [
  route(
    { method: 'POST', path: '/mlflow/experiments/search-datasets', scope: 'read' },
    { experiment_ids: list(text) },
    async ({ registry, signal }, { experiment_ids: experimentIds = [] }) => {
      checkExperiments(experimentIds);
      return { dataset_summaries: nonEmpty(await summarise(registry, experimentIds, signal)) };
    },
  ),
];

function checkExperiments({ length }: readonly string[]): void {
  if (length === 0) {
    throw new RequestInvalidError(
      'SearchDatasets request must specify at least one experiment_id.',
    );
  }
  if (length > MAX_EXPERIMENTS) {
    throw new RequestInvalidError(
      `SearchDatasets request cannot specify more than ${MAX_EXPERIMENTS} experiment_ids. Received ${length} experiment_ids.`,
    );
  }
}

async function summarise(
  registry: Registry,
  experimentIds: readonly string[],
  signal: AbortSignal,
): Promise<object[]> {
  const found = new Map<string, object>();
  const request = { experimentIds, filter: "datasets.name LIKE '%'" };
  for await (const { experimentId, inputs } of iterateRuns(registry, request, { signal })) {
    for (const { name, digest, context } of inputs) {
      const key = JSON.stringify([experimentId, name, digest, context]);
      found.set(key, { experiment_id: experimentId, name, digest, context });
      if (found.size === MAX_DATASETS) return [...found.values()];
    }
  }
  return [...found.values()];
}
