import type { ClassProbabilities } from './class-against-rest.ts';
import { MetricInputError } from './metric-errors.ts';
import { checkWeights } from './metric-weights.ts';

/**
 * Check that class probabilities can be compared with actual classes.
 *
 * @throws {MetricInputError} when lengths disagree, a code names no class, a probability is NaN or
 *   outside [0, 1], a weight is negative or not finite, or there are fewer than two classes.
 */
export function checkClassProbabilities(outcome: ClassProbabilities): void {
  const { actual, probabilities, classes, weights } = outcome;
  if (classes.length < 2) {
    throw new MetricInputError(
      `Classification is measured over at least two classes, not ${classes.length}.`,
    );
  }
  if (probabilities.length !== actual.length * classes.length) {
    throw new MetricInputError(
      `${actual.length} rows of ${classes.length} classes need ${actual.length * classes.length} ` +
        `probabilities, not ${probabilities.length}.`,
    );
  }
  const strange = actual.findIndex((code) => code < 0 || code >= classes.length);
  if (strange >= 0) {
    throw new MetricInputError(
      `Row ${strange + 1}: class code ${actual[strange]} is none of 0 to ${classes.length - 1}.`,
    );
  }
  // Sums of many shares may leave [0, 1] by rounding; anything beyond that is no probability.
  const wrong = probabilities.findIndex((p) => !(p >= -1e-9 && p <= 1 + 1e-9));
  if (wrong >= 0) {
    throw new MetricInputError(
      `Row ${Math.floor(wrong / classes.length) + 1}: ${probabilities[wrong]} is no probability.`,
    );
  }
  checkWeights(weights, actual.length);
}
