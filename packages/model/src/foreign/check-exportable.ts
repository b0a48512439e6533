import type { Feature } from '@gnu-mlops/preprocess';
import { checkEstimator } from '../check-estimator.ts';
import { ExportUnsupportedError, FeatureCountError } from '../errors.ts';
import type { Estimator, TreeEnsemble } from '../estimator.ts';

const kinds = {
  linear: 'a linear model',
  neural_network: 'a neural network',
  ensemble: 'an ensemble of several estimators',
} as const;

/**
 * Check that an estimator can go to a library that knows trees only.
 *
 * @throws {ExportUnsupportedError} for anything but trees.
 * @throws {FeatureCountError} when there are fewer features than the trees look at.
 * @throws {ModelInvalidError} when the estimator's arrays do not fit together.
 */
export function checkExportable(
  format: string,
  estimator: Estimator,
  features: readonly Feature[],
): TreeEnsemble {
  const needed = checkEstimator(estimator);
  if (estimator.kind !== 'tree_ensemble') {
    throw new ExportUnsupportedError(
      format,
      `it is ${kinds[estimator.kind]}, and the format holds trees`,
    );
  }
  if (features.length < needed || features.length === 0) {
    throw new FeatureCountError(features.length, needed);
  }
  return estimator;
}
