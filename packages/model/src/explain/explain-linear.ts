import type { LinearEstimator } from '../estimator.ts';
import type { BlockExplainer } from './block-explainer.ts';

/**
 * The exact contributions of a linear estimator's features: coefficient x (value - background). A
 * missing value makes NaN, as it does in the score.
 *
 * @param background one value a feature.
 * @see Strumbelj, Kononenko 2014; shap's LinearExplainer with independent features.
 */
export function createLinearExplanations(
  linear: LinearEstimator,
  background: ArrayLike<number>,
): BlockExplainer {
  const { outputCount, coefficients, intercepts } = linear;
  const featureCount = coefficients.length / outputCount;
  const baseValues = intercepts.map((intercept, k) => {
    let sum = intercept;
    for (let feature = 0; feature < featureCount; feature++) {
      sum += coefficients[k * featureCount + feature]! * background[feature]!;
    }
    return sum;
  });
  return {
    baseValues,
    explain({ rowCount, values, contributions }) {
      for (let at = 0; at < rowCount * featureCount; at++) {
        const feature = at % featureCount;
        const distance = values[at]! - background[feature]!;
        for (let k = 0; k < outputCount; k++) {
          contributions[at * outputCount + k] =
            coefficients[k * featureCount + feature]! * distance;
        }
      }
    },
  };
}
