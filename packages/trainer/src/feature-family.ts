import type { JsonObject } from '@gnu-mlops/core';
import type { Algorithm, FeatureFamily } from './algorithm.ts';

/** The features that an algorithm wants with these hyperparameters. */
export function featureFamily(
  { family }: Pick<Algorithm, 'family'>,
  hyperparameters: JsonObject,
): FeatureFamily {
  return typeof family === 'function' ? family(hyperparameters) : family;
}
