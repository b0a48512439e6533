import { type JsonObject, type JsonValue, type Task, nearestName } from '@gnu-mlops/core';
import type { Algorithm } from '../algorithm.ts';
import { checkTask } from '../check-task.ts';
import { completeHyperparameters } from '../complete-hyperparameters.ts';
import { AlgorithmUnknownError, HyperparameterInvalidError } from '../errors.ts';
import { singleAlgorithms } from '../single-algorithms.ts';

/** One algorithm of an ensemble, ready to fit. */
export interface Member {
  readonly algorithm: Algorithm;
  /** All of them, checked. */
  readonly hyperparameters: JsonObject;
  /** Above 0; not yet a share of all. */
  readonly weight: number;
}

/** Where an entry stands: in which hyperparameter of which ensemble. */
export interface EntryPlace {
  /** `voting` or `stacking`. */
  readonly ensemble: string;
  /** Such as `estimators[1]`. */
  readonly where: string;
  /** What an entry may say beside `algorithm`. */
  readonly keys: readonly string[];
}

/**
 * Read an entry such as `{ "algorithm": "ridge", "hyperparameters": { "alpha": 10 } }`.
 *
 * @throws {HyperparameterInvalidError} naming the part of the entry, also for an ensemble in it.
 * @throws {AlgorithmUnknownError} naming the nearest algorithm there is.
 * @throws {TaskUnsupportedError} when the algorithm does not do the task.
 * @throws {HyperparameterUnknownError} naming the nearest of the algorithm's own.
 */
export function readMember(entry: JsonValue, task: Task, place: EntryPlace): Member {
  const { ensemble, where, keys } = place;
  const invalid = (path: string, value: JsonValue, accepts: string) =>
    new HyperparameterInvalidError(ensemble, path, { value, accepts });
  if (!isObject(entry)) {
    throw invalid(where, entry, 'an object that names an algorithm');
  }
  const stranger = Object.keys(entry).find((key) => key !== 'algorithm' && !keys.includes(key));
  if (stranger !== undefined) {
    const known = ['algorithm', ...keys].join(', ');
    throw invalid(`${where}.${stranger}`, entry[stranger]!, `left out: an entry has ${known}`);
  }
  const { algorithm: name = null, hyperparameters = {}, weight = 1 } = entry;
  const known = singleAlgorithms.map((single) => single.name);
  if (typeof name !== 'string') {
    throw invalid(`${where}.algorithm`, name, `one of ${known.join(', ')}`);
  }
  if (name === 'voting' || name === 'stacking') {
    throw invalid(
      `${where}.algorithm`,
      name,
      `an algorithm of its own, as ensembles do not nest: one of ${known.join(', ')}`,
    );
  }
  const algorithm = singleAlgorithms.find((single) => single.name === name);
  if (algorithm === undefined) {
    throw new AlgorithmUnknownError(name, { nearest: nearestName(name, known), known });
  }
  if (!isObject(hyperparameters)) {
    throw invalid(`${where}.hyperparameters`, hyperparameters, `the settings of ${name} by name`);
  }
  if (!(typeof weight === 'number' && weight > 0 && weight < Infinity)) {
    throw invalid(`${where}.weight`, weight, 'a number above 0');
  }
  checkTask(algorithm, task, singleAlgorithms);
  return {
    algorithm,
    hyperparameters: completeHyperparameters(algorithm, hyperparameters, task),
    weight,
  };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
