import { checkNumbers } from './check-numbers.ts';
import { MetricInputError } from './metric-errors.ts';
import type { WeightOptions } from './metric-weights.ts';

/**
 * How well predictions stand where they should: a share `quantile` of the actual values below them.
 * Too low costs `quantile` times the distance, too high `1 - quantile` times.
 *
 * @param options `quantile` in [0, 1]; at 0.5 the loss is half the mean absolute error.
 * @returns at least 0, in the target's unit; NaN for no rows.
 * @throws {MetricInputError} when the quantile is outside [0, 1], lengths differ or a value is not
 *   finite.
 * @see scikit-learn mean_pinball_loss.
 */
export function measurePinballLoss(
  actual: Float64Array,
  predicted: Float64Array,
  { quantile, weights }: WeightOptions & { readonly quantile: number },
): number {
  if (!(quantile >= 0 && quantile <= 1)) {
    throw new MetricInputError(`The quantile of a pinball loss is in [0, 1]; ${quantile} is not.`);
  }
  checkNumbers({ actual, predicted, weights });
  let sum = 0;
  let total = 0;
  for (let row = 0; row < actual.length; row++) {
    const error = actual[row]! - predicted[row]!;
    const weight = weights === undefined ? 1 : weights[row]!;
    sum += weight * (error >= 0 ? quantile * error : (quantile - 1) * error);
    total += weight;
  }
  return sum / total;
}
