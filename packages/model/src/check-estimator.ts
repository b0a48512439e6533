import { checkFinite } from './check-finite.ts';
import { checkTrees } from './check-trees.ts';
import { checkEnsemble } from './ensemble/check-ensemble.ts';
import { ModelInvalidError } from './errors.ts';
import type { Estimator, LinearEstimator } from './estimator.ts';
import { checkNetwork } from './neural/check-network.ts';

/**
 * Check that an estimator's arrays agree in length and stay within bounds, that its trees are trees,
 * and that its numbers can be added up.
 *
 * @returns the number of features it needs: exactly where `needsEveryFeature`, else at least.
 * @throws {ModelInvalidError} naming the array and the index.
 */
export function checkEstimator(estimator: Estimator): number {
  const { outputCount, link } = estimator;
  if (!Number.isSafeInteger(outputCount) || outputCount < 1) {
    throw new ModelInvalidError('estimator.outputCount', `is ${outputCount}, not a positive count`);
  }
  if (link === 'logistic' ? outputCount !== 1 : link === 'softmax' && outputCount < 2) {
    throw new ModelInvalidError(
      'estimator.link',
      `is ${link}, which does not fit ${outputCount} raw score(s): logistic takes one, softmax two or more`,
    );
  }
  switch (estimator.kind) {
    case 'tree_ensemble':
      return checkTrees(estimator);
    case 'linear':
      return checkLinear(estimator);
    case 'neural_network':
      return checkNetwork(estimator);
    case 'ensemble':
      return checkEnsemble(estimator, checkEstimator);
  }
}

function checkLinear({ outputCount, coefficients, intercepts }: LinearEstimator): number {
  if (intercepts.length !== outputCount) {
    throw new ModelInvalidError(
      'estimator.intercepts',
      `has ${intercepts.length} entries for ${outputCount} outputs`,
    );
  }
  const featureCount = coefficients.length / outputCount;
  if (!Number.isInteger(featureCount)) {
    throw new ModelInvalidError(
      'estimator.coefficients',
      `has ${coefficients.length} entries, not the same number for each of ${outputCount} outputs`,
    );
  }
  checkFinite('estimator.coefficients', coefficients);
  checkFinite('estimator.intercepts', intercepts);
  return featureCount;
}
