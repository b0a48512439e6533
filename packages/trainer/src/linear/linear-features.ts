import { FeatureCategoricalError, FeatureMissingValuesError } from '../errors.ts';
import type { TrainingSet } from '../training-set.ts';

/**
 * Check that every feature is an amount for each row.
 *
 * @throws {FeatureCategoricalError} for codes without an order.
 * @throws {FeatureMissingValuesError} naming the feature.
 */
export function checkLinearFeatures({ matrix }: TrainingSet, algorithm: string): void {
  matrix.features.forEach(({ name, kind }, feature) => {
    if (kind === 'categorical') throw new FeatureCategoricalError(name, algorithm);
    const column = matrix.columns[feature]!;
    const firstRow = column.findIndex(Number.isNaN);
    if (firstRow >= 0) {
      const missingCount = column.filter(Number.isNaN).length;
      throw new FeatureMissingValuesError(name, { algorithm, missingCount, firstRow });
    }
  });
}

/**
 * How far each feature moves a linear model's outputs: the mean over the outputs of |coefficient|,
 * times the feature's standard deviation, as shares of the total.
 *
 * @param coefficients outputs x features, row-major.
 * @returns length features, sum 1; all zeros when no feature moves anything.
 */
export function linearImportances(
  coefficients: Float64Array,
  { matrix, weights }: TrainingSet,
): Float64Array {
  const featureCount = matrix.columns.length;
  const moves = Float64Array.from(matrix.columns, (column, feature) => {
    let sum = 0;
    for (let at = feature; at < coefficients.length; at += featureCount) {
      sum += Math.abs(coefficients[at]!);
    }
    return sum * standardDeviation(column, weights);
  });
  const total = moves.reduce((sum, move) => sum + move, 0);
  return total === 0 ? moves : moves.map((move) => move / total);
}

function standardDeviation(column: Float64Array, weights: Float64Array): number {
  const mean = weightedMean(column, weights);
  let squares = 0;
  let total = 0;
  for (let row = 0; row < column.length; row++) {
    squares += weights[row]! * (column[row]! - mean) ** 2;
    total += weights[row]!;
  }
  return Math.sqrt(squares / total);
}

/** @param weights one a value, above 0. */
export function weightedMean(values: Float64Array, weights: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < values.length; row++) {
    sum += weights[row]! * values[row]!;
    total += weights[row]!;
  }
  return sum / total;
}
