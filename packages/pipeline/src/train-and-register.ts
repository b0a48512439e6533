import { prepareUnlessCancelled } from './prepare-unless-cancelled.ts';
import type { ReadContext } from './read-training-source.ts';
import { type RegisteredTraining, type TrainingContext, trainPrepared } from './train-prepared.ts';
import type { TrainingOptions } from './training-options.ts';

/**
 * Take a table to a registered model version: read and check it, train, and record the run with its
 * data, parameters, metrics and artifacts.
 *
 * A run is begun once the data has passed its checks. One that fails afterwards is marked FAILED, and
 * one that the signal ends KILLED, with the error in its tags `gnu_mlops.error` and
 * `gnu_mlops.error_code`; no version is registered then. Same data, options and seed give the same
 * model, byte for byte, in a run and a version of its own.
 *
 * @throws what {@link prepareTrainingTable} throws, before there is a run.
 * @throws {PipelineCancelledError} when the signal aborts outside of the training itself.
 * @throws the `TRAINER_*`, `PREPROCESS_*` and `REGISTRY_*` errors of what it joins.
 */
export async function trainAndRegister(
  options: TrainingOptions,
  context: TrainingContext & ReadContext = {},
): Promise<RegisteredTraining> {
  const prepared = await prepareUnlessCancelled(options, context);
  return trainPrepared(prepared, options, context);
}
