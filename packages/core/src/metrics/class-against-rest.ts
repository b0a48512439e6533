import type { WeightOptions } from './metric-weights.ts';
import type { ScoredOutcome } from './scored-outcome.ts';

/** Class probabilities beside the actual classes, by code. */
export interface ClassProbabilities extends WeightOptions {
  /** Class codes in [0, number of classes), one a row. */
  readonly actual: Int32Array;
  /** Rows x classes, row-major. */
  readonly probabilities: Float64Array;
  readonly classes: readonly string[];
}

/**
 * One class as the positive one, all others as negative, its probability as the score: what a curve
 * or a threshold of one class among many is measured on.
 *
 * @param code position of the class in `classes`.
 */
export function classAgainstRest(outcome: ClassProbabilities, code: number): ScoredOutcome {
  const { actual, probabilities, classes, weights } = outcome;
  const isClass = new Uint8Array(actual.length);
  const scores = new Float64Array(actual.length);
  for (let row = 0; row < actual.length; row++) {
    isClass[row] = actual[row] === code ? 1 : 0;
    scores[row] = probabilities[row * classes.length + code]!;
  }
  return { actual: isClass, scores, weights };
}
