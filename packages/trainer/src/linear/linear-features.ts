import { FeatureCategoricalError, FeatureMissingValuesError } from '../errors.ts';
import type { Pace } from '../pace.ts';
import type { TrainingSet } from '../training-set.ts';

/** Multiplications that a look at a value is worth, and a value's part in a deviation. */
const CHECK_WORK = 4;

/**
 * Check that every feature is an amount for each row.
 *
 * @throws {FeatureCategoricalError} for codes without an order.
 * @throws {FeatureMissingValuesError} naming the feature.
 */
export async function checkLinearFeatures(
  { matrix }: TrainingSet,
  algorithm: string,
  pace: Pace,
): Promise<void> {
  for (const [feature, { name, kind }] of matrix.features.entries()) {
    if (kind === 'categorical') throw new FeatureCategoricalError(name, algorithm);
    const column = matrix.columns[feature]!;
    const firstRow = column.findIndex(Number.isNaN);
    if (firstRow >= 0) {
      const missingCount = column.filter(Number.isNaN).length;
      throw new FeatureMissingValuesError(name, { algorithm, missingCount, firstRow });
    }
    if (pace.isDue(CHECK_WORK * column.length)) await pace.rest();
  }
}

/**
 * How far each feature moves a linear model's outputs: the mean over the outputs of |coefficient|,
 * times the feature's standard deviation, as shares of the total.
 *
 * @param coefficients outputs x features, row-major.
 * @returns length features, sum 1; all zeros when no feature moves anything.
 */
export async function linearImportances(
  coefficients: Float64Array,
  { matrix, weights }: TrainingSet,
  pace: Pace,
): Promise<Float64Array> {
  const featureCount = matrix.columns.length;
  const moves = new Float64Array(featureCount);
  for (const [feature, column] of matrix.columns.entries()) {
    let sum = 0;
    for (let at = feature; at < coefficients.length; at += featureCount) {
      sum += Math.abs(coefficients[at]!);
    }
    moves[feature] = sum * standardDeviation(column, weights);
    if (pace.isDue(CHECK_WORK * column.length)) await pace.rest();
  }
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
