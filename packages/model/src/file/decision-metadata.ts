import { type JsonValue, canonicalJson } from '@gnu-mlops/core';
import type { Calibration } from '../calibration/calibration.ts';
import type { DecisionThreshold } from '../decision-threshold.ts';
import type { Model } from '../model.ts';
import { checkJson } from './check-json.ts';
import { type Place, fieldOf, listOf, numberOf, textOf, wholeNumberOf, wordOf } from './place.ts';

/** What makes decisions of an estimator's outputs. */
export type Decisions = Pick<Model, 'calibration' | 'threshold'>;

/** As texts for a tensor file's metadata: one JSON text a part, and none for a part that is not there. */
export function formatDecisions({ calibration, threshold }: Decisions): { [name: string]: string } {
  const parts = Object.entries({ calibration, threshold }).filter(([, part]) => part !== undefined);
  return Object.fromEntries(
    parts.map(([name, part]): [string, string] => {
      checkJson(part, name);
      return [name, canonicalJson(part as unknown as JsonValue)];
    }),
  );
}

/** @throws {ModelFileCorruptError} saying where and what. */
export function readCalibration(place: Place): Calibration {
  const method = wordOf(fieldOf(place, 'method'), ['sigmoid', 'isotonic']);
  const classCount = wholeNumberOf(fieldOf(place, 'classCount'));
  const maps = listOf(fieldOf(place, 'maps'));
  const numbersOf = (map: Place, name: string) => listOf(fieldOf(map, name)).map(numberOf);
  if (method === 'isotonic') {
    return {
      method,
      classCount,
      maps: maps.map((map) => ({
        scores: numbersOf(map, 'scores'),
        probabilities: numbersOf(map, 'probabilities'),
      })),
    };
  }
  return {
    method,
    classCount,
    maps: maps.map((map) => ({
      slope: numberOf(fieldOf(map, 'slope')),
      intercept: numberOf(fieldOf(map, 'intercept')),
    })),
  };
}

/** @throws {ModelFileCorruptError} saying where and what. */
export function readThreshold(place: Place): DecisionThreshold {
  return {
    positiveClass: textOf(fieldOf(place, 'positiveClass')),
    value: numberOf(fieldOf(place, 'value')),
  };
}
