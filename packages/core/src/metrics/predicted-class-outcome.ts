import type { ClassProbabilities } from './class-against-rest.ts';
import { mostProbableClass } from './most-probable-class.ts';
import type { ScoredOutcome } from './scored-outcome.ts';

/**
 * Whether each row's most probable class was right, and the probability it was given: what the
 * calibration of a model with several classes is measured on.
 */
export function predictedClassOutcome(outcome: ClassProbabilities): ScoredOutcome {
  const { actual, probabilities, classes, weights } = outcome;
  const predicted = mostProbableClass(probabilities, classes.length);
  const isRight = new Uint8Array(actual.length);
  const scores = new Float64Array(actual.length);
  for (let row = 0; row < actual.length; row++) {
    isRight[row] = predicted[row] === actual[row] ? 1 : 0;
    scores[row] = probabilities[row * classes.length + predicted[row]!]!;
  }
  return { actual: isRight, scores, weights };
}
