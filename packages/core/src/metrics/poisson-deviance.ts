import { checkNumbers } from './check-numbers.ts';
import { MetricInputError } from './metric-errors.ts';
import type { WeightOptions } from './metric-weights.ts';

/**
 * The mean deviance of counts from predicted rates: twice what the log-likelihood of a Poisson
 * distribution loses against a perfect prediction.
 *
 * @param actual at least 0.
 * @param predicted greater than 0.
 * @returns at least 0; NaN for no rows.
 * @throws {MetricInputError} when a value is out of its range or not finite, or lengths differ.
 * @see scikit-learn mean_poisson_deviance.
 */
export function measurePoissonDeviance(
  actual: Float64Array,
  predicted: Float64Array,
  { weights }: WeightOptions = {},
): number {
  checkNumbers({ actual, predicted, weights });
  let sum = 0;
  let total = 0;
  for (let row = 0; row < actual.length; row++) {
    const count = actual[row]!;
    const rate = predicted[row]!;
    if (count < 0 || rate <= 0) {
      throw new MetricInputError(
        `Row ${row + 1}: the Poisson deviance needs an actual count of 0 or more (${count}) and a ` +
          `predicted rate above 0 (${rate}).`,
      );
    }
    const weight = weights === undefined ? 1 : weights[row]!;
    const surprise = count === 0 ? 0 : count * Math.log(count / rate);
    sum += 2 * weight * (surprise - count + rate);
    total += weight;
  }
  return sum / total;
}
