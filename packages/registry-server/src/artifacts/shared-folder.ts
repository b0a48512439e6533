import type { Registry } from '@gnu-mlops/registry-client';
import type { ServerContext } from '../server-context.ts';

/** Where files lie that clients put beside those of runs and logged models. */
const EXPERIMENT = 'gnu_mlops.artifacts';

/**
 * The run that holds the files which belong to no run or logged model; undefined where nobody has
 * put any.
 */
export async function findSharedRun(registry: Registry): Promise<string | undefined> {
  const experiment = await registry.findExperiment(EXPERIMENT);
  if (experiment === undefined) return undefined;
  const { items } = await registry.searchRuns({
    experimentIds: [experiment.experimentId],
    orderBy: ['attributes.start_time ASC'],
    maxResults: 1,
  });
  return items[0]?.runId;
}

/** The same, made where it is not there yet. */
export async function ensureSharedRun(context: ServerContext): Promise<string> {
  const { registry, now, inTurn } = context;
  return inTurn(EXPERIMENT, async () => {
    const found = await findSharedRun(registry);
    if (found !== undefined) return found;
    const { experimentId } = await registry.ensureExperiment(EXPERIMENT);
    const made = await registry.createRun({ experimentId, runName: 'files', startTime: now() });
    // Of two servers that make one at a time, both go on with the older.
    return (await findSharedRun(registry)) ?? made.runId;
  });
}
