import type { WeightOptions } from './metric-weights.ts';

/**
 * The mean squared distance between the probabilities of a row and what happened.
 *
 * With two classes it is that of one class's probability, in [0, 1]; with more it is summed over
 * the classes, in [0, 2].
 *
 * @param actual class codes in [0, classCount), one a row.
 * @param probabilities rows x classCount, row-major.
 * @returns 0 is perfect; NaN for no rows.
 * @see scikit-learn brier_score_loss with scale_by_half="auto".
 */
export function measureBrierScore(
  actual: Int32Array,
  probabilities: Float64Array,
  classCount: number,
  { weights }: WeightOptions = {},
): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < actual.length; row++) {
    let squares = 0;
    for (let code = 0; code < classCount; code++) {
      const distance = probabilities[row * classCount + code]! - (actual[row] === code ? 1 : 0);
      squares += distance * distance;
    }
    const weight = weights === undefined ? 1 : weights[row]!;
    sum += weight * squares;
    total += weight;
  }
  return sum / total / (classCount === 2 ? 2 : 1);
}
