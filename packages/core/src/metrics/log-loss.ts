import type { WeightOptions } from './metric-weights.ts';

/**
 * The mean negative natural logarithm of the probability that was given to the actual class.
 *
 * Probabilities are clipped to [2^-52, 1 - 2^-52], so that one certain mistake costs 36, not
 * infinity.
 *
 * @param actual class codes in [0, classCount), one a row.
 * @param probabilities rows x classCount, row-major.
 * @returns at least 0; NaN for no rows.
 * @see scikit-learn log_loss: clips by the machine epsilon of the probabilities' type.
 */
export function measureLogLoss(
  actual: Int32Array,
  probabilities: Float64Array,
  classCount: number,
  { weights }: WeightOptions = {},
): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < actual.length; row++) {
    const probability = probabilities[row * classCount + actual[row]!]!;
    const clipped = Math.min(Math.max(probability, Number.EPSILON), 1 - Number.EPSILON);
    const weight = weights === undefined ? 1 : weights[row]!;
    sum -= weight * Math.log(clipped);
    total += weight;
  }
  return sum / total;
}
