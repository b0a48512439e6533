import type { Estimator } from '../estimator.ts';

/**
 * Whether an estimator adds every feature up, so that it takes neither more features than it was
 * fitted on nor a missing value. Trees look only at those that they split on.
 */
export function needsEveryFeature(estimator: Estimator): boolean {
  if (estimator.kind !== 'ensemble') return estimator.kind !== 'tree_ensemble';
  const { members, combination } = estimator;
  const isPassedOn = combination.kind === 'stack' && combination.passthrough;
  return members.some(needsEveryFeature) || (isPassedOn && needsEveryFeature(combination.final));
}

/**
 * Whether an estimator can score that many features.
 *
 * @param count `needed`: what `checkEstimator` says.
 */
export function takesFeatureCount(
  estimator: Estimator,
  count: { readonly needed: number; readonly found: number },
): boolean {
  const { needed, found } = count;
  return needsEveryFeature(estimator) ? found === needed : found >= needed;
}
