import type { JsonObject, Task } from '@gnu-mlops/core';
import type { Algorithm } from './algorithm.ts';
import { algorithms } from './algorithms.ts';
import { checkTask } from './check-task.ts';
import { completeHyperparameters } from './complete-hyperparameters.ts';

/**
 * All hyperparameters of an algorithm: those given, checked, and the defaults of the rest.
 *
 * @throws {TaskUnsupportedError} when the algorithm does not do the task.
 * @throws {HyperparameterUnknownError} naming the nearest one there is.
 * @throws {HyperparameterInvalidError} saying which values it takes.
 */
export function resolveHyperparameters(
  algorithm: Algorithm,
  given: JsonObject,
  task: Task,
): JsonObject {
  checkTask(algorithm, task, algorithms);
  return completeHyperparameters(algorithm, given, task);
}
