import type { FeatureMatrix } from '@gnu-mlops/preprocess';

/**
 * Where the raw scores of rows come from. For every row and output, the base value plus the
 * contributions of all features is the raw score, which is before the link: class probabilities
 * for a forest of class shares, log odds of the second class for a logistic link, log weights for
 * softmax, the target's unit for regression.
 */
export interface Explanation {
  readonly rowCount: number;
  readonly featureCount: number;
  /** The estimator's `outputCount`. */
  readonly outputCount: number;
  /** What is expected of a row about which nothing is known; length outputCount. */
  readonly baseValues: Float64Array;
  /** rowCount x featureCount x outputCount, row-major. */
  readonly contributions: Float64Array;
}

/** Explains the scores of a matrix, row by row. */
export type Explainer = (matrix: FeatureMatrix) => Explanation;
