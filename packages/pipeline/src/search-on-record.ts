import type { JsonObject } from '@gnu-mlops/core';
import { parseExpressions } from '@gnu-mlops/preprocess/expressions';
import {
  type SearchResult,
  type Trial,
  defaultSearchMetric,
  parseSearchSpace,
  searchHyperparameters,
} from '@gnu-mlops/trainer';
import type { PreparedTable } from './prepare-training-table.ts';
import {
  type TuningRun,
  beginTrialRun,
  endTrialRun,
  killTrialRun,
  readTrials,
  recordFold,
} from './trial-runs.ts';
import type { TuningContext } from './tuning-options.ts';

/**
 * Search hyperparameters with every trial on record as a run of its own, under the tuning's. Trials
 * that have finished before count; one that was cut short is done again, in a new run.
 */
export async function searchOnRecord(
  prepared: PreparedTable,
  tuning: TuningRun,
  context: TuningContext,
): Promise<SearchResult> {
  const { options } = tuning;
  const { finished, unfinished } = await readTrials(tuning);
  for (const { runId, status } of unfinished) {
    if (status === 'RUNNING') await killTrialRun(runId, options);
  }
  context.onRun?.({ runId: tuning.runId, finished: finished.length });

  const metric = options.metric ?? defaultSearchMetric(prepared.task);
  const runIds = new Map<number, string>();
  const { concurrency, onProgress, signal, threads } = context;
  try {
    return await searchHyperparameters(await requestOf(prepared, tuning, { metric, finished }), {
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
      ...(threads !== undefined && { threads }),
      ...(concurrency !== undefined && { concurrency }),
      async onTrialStart(proposal) {
        runIds.set(proposal.number, await beginTrialRun(tuning, proposal));
        await context.onTrialStart?.(proposal);
      },
      onFold: ({ number }, result) => recordFold(runIds.get(number)!, result, options),
      async onTrial(trial) {
        await endTrialRun(runIds.get(trial.number)!, trial, { options, metric });
        runIds.delete(trial.number);
        await context.onTrial?.(trial);
      },
    });
  } catch (error) {
    // The registry may be what failed: the first error is the one to throw.
    await Promise.allSettled([...runIds.values()].map((runId) => killTrialRun(runId, options)));
    throw error;
  }
}

async function requestOf(
  prepared: PreparedTable,
  { options }: TuningRun,
  { metric, finished }: { readonly metric: string; readonly finished: readonly Trial[] },
) {
  const { algorithm, hyperparameters, recipe, testSize, folds, seed } = options;
  const { space, sampler, trials, direction, pruner, positiveClass } = options;
  return {
    table: prepared.table,
    target: prepared.target,
    task: prepared.task,
    history: finished,
    ...prepared.use,
    ...{ algorithm, testSize, folds, seed, metric },
    ...(positiveClass !== undefined && { positiveClass }),
    ...(hyperparameters && { hyperparameters }),
    ...(recipe && { recipe: await parseExpressions(recipe) }),
    ...(space && { space: parseSearchSpace(space as JsonObject) }),
    ...(sampler && { sampler }),
    ...(trials !== undefined && { trials }),
    ...(direction && { direction }),
    ...(pruner && { pruner }),
  };
}
