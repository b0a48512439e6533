import type { JsonObject } from '@gnu-mlops/core';
import type { Estimator } from '@gnu-mlops/model';
import type { Algorithm, Fit } from './algorithm.ts';
import { algorithmNamed } from './algorithms.ts';
import { checkCancelled } from './check-cancelled.ts';
import { TrainingOptionError } from './errors.ts';
import type { FitContext } from './fit-context.ts';
import {
  type TrainingRows,
  type ValidationRows,
  prepareTrainingSet,
} from './prepare-training-set.ts';
import { resolveHyperparameters } from './resolve-hyperparameters.ts';

/** What to fit, and to which rows. */
export interface FitRequest extends TrainingRows {
  /** One of `algorithms`, by name. */
  readonly algorithm: string;
  /** Those that differ from their defaults. */
  readonly hyperparameters?: JsonObject | undefined;
}

/**
 * Fit an algorithm to encoded rows. The same request gives the same result to the bit, on any number
 * of threads.
 *
 * @throws the coded errors of `prepareTrainingSet`, `resolveHyperparameters` and the algorithm:
 *   TRAINER_FEATURE_MISSING_VALUES, TRAINER_FEATURE_CATEGORICAL, TRAINER_NOT_CONVERGED,
 *   TRAINER_CANCELLED, TRAINER_WORKER_FAILED.
 */
export async function fitAlgorithm(request: FitRequest, context: FitContext = {}): Promise<Fit> {
  checkThreads(context.threads);
  const algorithm = algorithmNamed(request.algorithm);
  const given = request.hyperparameters ?? {};
  const hyperparameters = resolveHyperparameters(algorithm, given, request.target.task);
  checkValidation(algorithm, hyperparameters, request.validation);
  const set = prepareTrainingSet(request);
  checkCancelled(context.signal);
  return algorithm.fit(set, hyperparameters, context);
}

function checkValidation(
  { name, stopsEarly }: Algorithm,
  hyperparameters: JsonObject,
  validation: ValidationRows | undefined,
): void {
  if (validation === undefined || stopsEarly?.(hyperparameters) === true) return;
  const how = stopsEarly ? ' with these hyperparameters: set early stopping rounds' : '';
  const accepts = `left out, for "${name}" does not stop early${how}`;
  throw new TrainingOptionError('validation', { value: 'given', accepts });
}

function checkThreads(threads: number | undefined): void {
  if (threads === undefined || (Number.isSafeInteger(threads) && threads >= 1)) return;
  const accepts = 'a whole number of at least 1, or left out';
  throw new TrainingOptionError('threads', { value: threads, accepts });
}

/** As {@link fitAlgorithm}, for those who want the estimator alone. */
export async function fitEstimator(
  request: FitRequest,
  context: FitContext = {},
): Promise<Estimator> {
  const { estimator } = await fitAlgorithm(request, context);
  return estimator;
}
