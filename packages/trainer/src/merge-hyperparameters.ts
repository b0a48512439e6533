import type { JsonObject } from '@gnu-mlops/core';
import { algorithmNamed } from './algorithms.ts';

/**
 * Hyperparameters with others put over them, one by one: where two names stand for the same
 * hyperparameter, such as XGBoost's `eta` and `learning_rate`, the one below gives way.
 *
 * @throws {AlgorithmUnknownError} naming the nearest one there is.
 */
export function mergeHyperparameters(
  algorithm: string,
  below: JsonObject,
  above: JsonObject,
): JsonObject {
  return { ...withoutHyperparameters(algorithm, below, Object.keys(above)), ...above };
}

/**
 * What is left of anything that goes by the names of hyperparameters, such as a search space, without
 * those of some names, whichever of its names each goes by.
 *
 * @throws {AlgorithmUnknownError} naming the nearest one there is.
 */
export function withoutHyperparameters<Value>(
  algorithm: string,
  named: { readonly [name: string]: Value },
  names: readonly string[],
): { [name: string]: Value } {
  const { aliases = {} } = algorithmNamed(algorithm);
  const canonical = (name: string) => (Object.hasOwn(aliases, name) ? aliases[name]! : name);
  const taken = new Set(names.map(canonical));
  return Object.fromEntries(Object.entries(named).filter(([name]) => !taken.has(canonical(name))));
}
