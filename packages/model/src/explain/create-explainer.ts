import type { FeatureMatrix } from '@gnu-mlops/preprocess';
import { checkEstimator } from '../check-estimator.ts';
import { takesFeatureCount } from '../ensemble/needs-every-feature.ts';
import { ExplainOptionError, ExplainUnsupportedError, FeatureCountError } from '../errors.ts';
import type { Estimator, TreeEnsemble } from '../estimator.ts';
import type { BlockExplainer } from './block-explainer.ts';
import { createEnsembleExplanations } from './explain-ensemble.ts';
import { createLinearExplanations } from './explain-linear.ts';
import { createTreeExplanations } from './explain-trees.ts';
import type { Explainer, Explanation } from './explanation.ts';

/** Settings of {@link createExplainer}. */
export interface ExplainerOptions {
  /**
   * What a linear estimator's features are compared with, one finite value each, as
   * {@link featureMeans} of the training rows. Default zeros: the training mean of a standardised
   * feature, and for a 0/1 feature the absence of its category. Trees hold their own background,
   * the cover of their nodes, and do not look at it.
   */
  readonly background?: ArrayLike<number>;
}

/**
 * Prepare the exact explanations of an estimator's raw scores: path-dependent TreeSHAP for trees,
 * coefficient x (value - background) for a linear estimator, and the weighted mean of these for an
 * ensemble that averages the very scores that they explain: forests, or numbers without a link.
 *
 * The explainer throws {@link FeatureCountError} when a matrix has other features than the estimator
 * needs.
 *
 * @throws {ModelInvalidError} when the estimator's arrays do not fit together, or its trees hold no
 *   cover.
 * @throws {ExplainOptionError} when the background is not one finite value a feature.
 * @throws {ExplainUnsupportedError} for a neural network, a stack, and an ensemble that averages
 *   what a link makes of its members' scores.
 */
export function createExplainer(estimator: Estimator, options: ExplainerOptions = {}): Explainer {
  const needed = checkEstimator(estimator);
  return explainMatrices(estimator, createBlockExplainer(estimator, { ...options, needed }));
}

function createBlockExplainer(
  estimator: Estimator,
  options: ExplainerOptions & { readonly needed: number },
): BlockExplainer {
  switch (estimator.kind) {
    case 'tree_ensemble':
      return createTreeExplanations(estimator);
    case 'linear': {
      const { needed, background = new Float64Array(needed) } = options;
      checkBackground(background, needed);
      return createLinearExplanations(estimator, background);
    }
    case 'neural_network':
      throw new ExplainUnsupportedError('a neural network is no sum of what its features say');
    case 'ensemble':
      return createEnsembleExplanations(estimator, (member) =>
        createBlockExplainer(member, options),
      );
  }
}

/**
 * {@link createExplainer} for trees.
 *
 * @throws {ModelInvalidError} when the arrays do not fit together, or the trees hold no cover.
 */
export function createTreeExplainer(trees: TreeEnsemble): Explainer {
  return createExplainer(trees);
}

function explainMatrices(estimator: Estimator, { baseValues, explain }: BlockExplainer): Explainer {
  const needed = checkEstimator(estimator);
  const { outputCount } = estimator;
  return (matrix): Explanation => {
    const { rowCount, columns } = matrix;
    const featureCount = columns.length;
    if (!takesFeatureCount(estimator, { needed, found: featureCount })) {
      throw new FeatureCountError(featureCount, needed);
    }
    const values = rowMajor(matrix);
    const contributions = new Float64Array(rowCount * featureCount * outputCount);
    explain({ rowCount, featureCount, values, contributions });
    return { rowCount, featureCount, outputCount, baseValues, contributions };
  };
}

function rowMajor({ columns, rowCount }: FeatureMatrix): Float64Array {
  const values = new Float64Array(rowCount * columns.length);
  columns.forEach((column, feature) => {
    for (let row = 0; row < rowCount; row++) values[row * columns.length + feature] = column[row]!;
  });
  return values;
}

function checkBackground(background: ArrayLike<number>, needed: number): void {
  if (background.length !== needed) {
    throw new ExplainOptionError(
      'background',
      `has ${background.length} values for ${needed} features`,
    );
  }
  for (let feature = 0; feature < needed; feature++) {
    if (Number.isFinite(background[feature])) continue;
    throw new ExplainOptionError(`background[${feature}]`, `is ${background[feature]}, not finite`);
  }
}
