import type { Run } from '@gnu-mlops/registry-client';
import { type SearchResult, mergeHyperparameters } from '@gnu-mlops/trainer';
import { openTuningRun } from './open-tuning-run.ts';
import { prepareUnlessCancelled } from './prepare-unless-cancelled.ts';
import type { ReadContext } from './read-training-source.ts';
import { failureTags } from './run-tags.ts';
import { searchOnRecord } from './search-on-record.ts';
import { type RegisteredTraining, trainPrepared } from './train-prepared.ts';
import { PARENT_TAG } from './trial-runs.ts';
import type { TuningContext, TuningOptions } from './tuning-options.ts';

/** A tuning that is on record. */
export interface RegisteredTuning extends SearchResult {
  /** The tuning's run as it was when it had finished. Its trials are runs nested in it. */
  readonly run: Run;
  /** The model of the best hyperparameters; left out where the tuning was told to stop before. */
  readonly trained?: RegisteredTraining;
}

/**
 * Search hyperparameters on the training rows of a table, with the tuning and every trial on record,
 * then train with the best of them and register the model, as `trainAndRegister` does.
 *
 * A tuning that was cut short, however hard, goes on by its run's id: finished trials count, others
 * are done again, and the outcome is that of a tuning that was never cut short. More trials than
 * before may be asked for. The held-out rows are seen by the last training alone.
 *
 * @throws {TuningResumeError} when the run to resume is no tuning or searched something else.
 * @throws what {@link prepareTrainingTable}, `searchHyperparameters` and `trainAndRegister` throw; the
 *   tuning's run is then FAILED, or KILLED by the signal, and can be resumed.
 */
export async function tuneAndRegister(
  options: TuningOptions,
  context: TuningContext & ReadContext = {},
): Promise<RegisteredTuning> {
  const prepared = await prepareUnlessCancelled(options, context);
  const { registry, now, algorithm, hyperparameters = {} } = options;
  const tuning = await openTuningRun(prepared, options);
  const { runId } = tuning;
  try {
    const result = await searchOnRecord(prepared, tuning, context);
    const { best, metric } = result;
    await registry.logBatch(runId, {
      metrics: [{ key: `cv_${metric}_mean`, value: best.value!, timestamp: now(), step: 0 }],
      tags: {
        'gnu_mlops.best_trial': String(best.number),
        'gnu_mlops.best_hyperparameters': JSON.stringify(best.hyperparameters),
      },
    });
    const trained =
      options.then === 'stop'
        ? undefined
        : await trainPrepared(
            prepared,
            {
              ...options,
              hyperparameters: mergeHyperparameters(
                algorithm,
                hyperparameters,
                best.hyperparameters,
              ),
              tags: { ...options.tags, [PARENT_TAG]: runId },
            },
            context,
          );
    await registry.updateRun(runId, { status: 'FINISHED', endTime: now() });
    return { ...result, run: await registry.getRun(runId), ...(trained && { trained }) };
  } catch (error) {
    await recordEnd(runId, options, { error, signal: context.signal });
    throw error;
  }
}

async function recordEnd(
  runId: string,
  { registry, now }: TuningOptions,
  { error, signal }: { readonly error: unknown; readonly signal: AbortSignal | undefined },
): Promise<void> {
  try {
    await registry.logBatch(runId, { tags: failureTags(error) });
    const status = signal?.aborted === true ? 'KILLED' : 'FAILED';
    await registry.updateRun(runId, { status, endTime: now() });
  } catch {
    // A registry that is out of reach may be what failed: the first error is the one to throw.
  }
}
