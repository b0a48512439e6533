import { FeatureCategoricalError, FeatureMissingValuesError } from '../errors.ts';
import type { Pace } from '../pace.ts';
import type { TrainingSet } from '../training-set.ts';
import { binaryUnit, dot, largestMagnitude } from './objective.ts';

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
    if (column.includes(NaN)) {
      const firstRow = column.findIndex(Number.isNaN);
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
  const telling = tellingWeights(weights);
  for (const [feature, column] of matrix.columns.entries()) {
    let sum = 0;
    for (let at = feature; at < coefficients.length; at += featureCount) {
      sum += Math.abs(coefficients[at]!);
    }
    moves[feature] = sum * deviationOf(column, telling);
    if (pace.isDue(CHECK_WORK * column.length)) await pace.rest();
  }
  const all = total(moves);
  return all === 0 ? moves : moves.map((move) => move / all);
}

/** Deviations below it may have lost digits, as their squares leave what doubles hold. */
const LEAST_DEVIATION = 1e-150;

/** The standard deviation of values of any size. @param weights one a value, above 0; left out: all 1. */
function deviationOf(values: Float64Array, weights: Float64Array | undefined): number {
  const deviation = standardDeviation(values, weights);
  if (deviation >= LEAST_DEVIATION && deviation < Infinity) return deviation;
  const largest = largestMagnitude(values);
  if (largest === 0) return 0;
  const unit = binaryUnit(largest);
  return (
    unit *
    standardDeviation(
      values.map((value) => value / unit),
      weights,
    )
  );
}

/** @param weights one a value, above 0; left out: all 1. */
function standardDeviation(values: Float64Array, weights: Float64Array | undefined): number {
  const mean = weightedMean(values, weights);
  return weights === undefined
    ? Math.sqrt(squaresAround(mean, values) / values.length)
    : Math.sqrt(weightedSquaresAround(mean, values, weights) / total(weights));
}

/** @param weights one a value, above 0; left out: all 1. */
export function weightedMean(values: Float64Array, weights: Float64Array | undefined): number {
  return weights === undefined
    ? total(values) / values.length
    : dot(weights, values) / total(weights);
}

/** The weights; undefined where all are 1: then there is nothing to multiply by. */
export function tellingWeights(weights: Float64Array): Float64Array | undefined {
  for (let row = 0; row < weights.length; row++) if (weights[row] !== 1) return weights;
  return undefined;
}

/** Four sums at a time: an addition need not wait for the one before it. */
function total(values: Float64Array): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let row = 0;
  for (; row + 3 < values.length; row += 4) {
    a += values[row]!;
    b += values[row + 1]!;
    c += values[row + 2]!;
    d += values[row + 3]!;
  }
  for (; row < values.length; row++) a += values[row]!;
  return a + b + (c + d);
}

/** Four sums at a time, as above. */
function squaresAround(mean: number, values: Float64Array): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let row = 0;
  for (; row + 3 < values.length; row += 4) {
    a += (values[row]! - mean) * (values[row]! - mean);
    b += (values[row + 1]! - mean) * (values[row + 1]! - mean);
    c += (values[row + 2]! - mean) * (values[row + 2]! - mean);
    d += (values[row + 3]! - mean) * (values[row + 3]! - mean);
  }
  for (; row < values.length; row++) a += (values[row]! - mean) * (values[row]! - mean);
  return a + b + (c + d);
}

function weightedSquaresAround(mean: number, values: Float64Array, weights: Float64Array): number {
  let squares = 0;
  for (let row = 0; row < values.length; row++) {
    const distance = values[row]! - mean;
    squares += weights[row]! * distance * distance;
  }
  return squares;
}
