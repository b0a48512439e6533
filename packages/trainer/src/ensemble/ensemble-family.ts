import type { JsonObject, JsonValue } from '@gnu-mlops/core';
import type { FeatureFamily } from '../algorithm.ts';
import { featureFamily } from '../feature-family.ts';
import { singleAlgorithms } from '../single-algorithms.ts';

/**
 * The features that all entries of an ensemble can read: those of trees only where every one is of
 * trees, as linear algorithms take neither missing values nor codes.
 *
 * @param entries checked objects that name an algorithm; undefined, null: the usual, of which one is
 *   linear.
 */
export function ensembleFamily(entries: readonly JsonValue[] | null | undefined): FeatureFamily {
  if (entries === undefined || entries === null) return 'linear';
  const names = entries.map((entry) => (entry as JsonObject)['algorithm']);
  return singleAlgorithms.some(
    (single) => names.includes(single.name) && featureFamily(single, {}) === 'linear',
  )
    ? 'linear'
    : 'trees';
}
