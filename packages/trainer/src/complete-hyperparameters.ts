import { type JsonObject, type JsonValue, type Task, nearestName } from '@gnu-mlops/core';
import type { Algorithm } from './algorithm.ts';
import { HyperparameterInvalidError, HyperparameterUnknownError } from './errors.ts';

/**
 * All hyperparameters of an algorithm that does the task: those given, checked, and the defaults of
 * the rest.
 *
 * @throws {HyperparameterUnknownError} naming the nearest one there is.
 * @throws {HyperparameterInvalidError} saying which values it takes.
 */
export function completeHyperparameters(
  algorithm: Algorithm,
  given: JsonObject,
  task: Task,
): JsonObject {
  const { name, hyperparameters } = algorithm;
  const known = Object.keys(hyperparameters);
  const named = nameCanonically(algorithm, given);
  for (const key of Object.keys(named)) {
    if (!Object.hasOwn(hyperparameters, key)) {
      const names = [...known, ...Object.keys(algorithm.aliases ?? {})];
      throw new HyperparameterUnknownError(name, key, { nearest: nearestName(key, names), known });
    }
  }
  const complete: Record<string, JsonValue> = {};
  for (const [key, { accepts, check, defaultFor, isValid }] of Object.entries(hyperparameters)) {
    const value = named[key] === undefined ? defaultFor(task) : named[key];
    if (!isValid(value, task)) throw new HyperparameterInvalidError(name, key, { value, accepts });
    check?.(value, task);
    complete[key] = value;
  }
  return complete;
}

/** Replace aliases by the names that they stand for. */
function nameCanonically({ name, aliases = {} }: Algorithm, given: JsonObject): JsonObject {
  // Without a prototype, so that `__proto__` is a name like any other.
  const named = Object.create(null) as Record<string, JsonValue | undefined>;
  for (const [key, value] of Object.entries(given)) {
    const canonical = Object.hasOwn(aliases, key) ? aliases[key]! : key;
    if (Object.hasOwn(named, canonical)) {
      const accepts = `given once: "${key}" is another name for "${canonical}"`;
      throw new HyperparameterInvalidError(name, key, { value, accepts });
    }
    named[canonical] = value;
  }
  return named as JsonObject;
}
