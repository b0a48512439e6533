import { type JsonValue, type Task, nearestName } from '@gnu-mlops/core';
import type { Algorithm } from '../algorithm.ts';
import { HyperparameterInvalidError, HyperparameterUnknownError } from '../errors.ts';
import { SearchSpaceError } from './search-errors.ts';
import { type Dimension, type SearchSpace, lastStep } from './search-space.ts';

/**
 * Check that a space is about hyperparameters that the algorithm has, within the values it takes.
 *
 * @throws {HyperparameterUnknownError} naming the nearest one there is.
 * @throws {HyperparameterInvalidError} for a bound or a value that the algorithm does not take.
 * @throws {SearchSpaceError} when there is nothing to search.
 */
export function checkSearchSpace(
  space: SearchSpace,
  { algorithm, task }: { readonly algorithm: Algorithm; readonly task: Task },
): void {
  const { name, hyperparameters, aliases = {} } = algorithm;
  const known = Object.keys(hyperparameters);
  const entries = Object.entries(space);
  if (entries.length === 0) {
    throw new SearchSpaceError(
      '',
      `is empty. Name hyperparameters of ${name}: ${known.join(', ')}.`,
    );
  }
  for (const [key, dimension] of entries) {
    const canonical = Object.hasOwn(aliases, key) ? aliases[key]! : key;
    if (!Object.hasOwn(hyperparameters, canonical)) {
      const nearest = nearestName(key, [...known, ...Object.keys(aliases)]);
      throw new HyperparameterUnknownError(name, key, { nearest, known });
    }
    const { accepts, check, isValid } = hyperparameters[canonical]!;
    const outermost = outermostValues(dimension);
    const wrong = outermost.find((value) => !isValid(value, task));
    if (wrong !== undefined) {
      throw new HyperparameterInvalidError(name, key, { value: wrong, accepts });
    }
    outermost.forEach((value) => check?.(value, task));
  }
}

function outermostValues(dimension: Dimension): readonly JsonValue[] {
  if (dimension.kind === 'categorical') return dimension.values;
  return [dimension.low, dimension.kind === 'int' ? lastStep(dimension) : dimension.high];
}
