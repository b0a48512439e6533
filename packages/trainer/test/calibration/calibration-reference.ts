import { readFileSync } from 'node:fs';
import type { ScoredOutcome } from '@gnu-mlops/core';

/** Scores of two classes, and the maps that scikit-learn fits to them. */
export interface BinaryCalibrationReference {
  readonly name: string;
  readonly actual: readonly number[];
  readonly scores: readonly number[];
  readonly weights: readonly number[] | null;
  /** Probabilities to map. */
  readonly grid: readonly number[];
  /** The exact minimum of scikit-learn's loss. */
  readonly slope: number;
  readonly intercept: number;
  readonly sigmoid: readonly number[];
  /** Where scikit-learn's own search stopped. */
  readonly sigmoidOfScikitLearn: readonly number[];
  readonly isotonicScores: readonly number[];
  readonly isotonicProbabilities: readonly number[];
  readonly isotonic: readonly number[];
}

/** What CalibratedClassifierCV makes of the probabilities of a classifier. */
export interface ClassifierCalibrationReference {
  readonly name: string;
  readonly classCount: number;
  readonly actual: readonly number[];
  readonly probabilities: readonly number[];
  readonly weights: readonly number[] | null;
  /** Probabilities of other rows, and those calibrated. */
  readonly fresh: readonly number[];
  readonly sigmoid: readonly number[];
  readonly isotonic: readonly number[];
}

interface CalibrationReference {
  readonly binaries: readonly BinaryCalibrationReference[];
  readonly classifiers: readonly ClassifierCalibrationReference[];
}

/** What `reference.py` wrote. */
export function readCalibrationReference(): CalibrationReference {
  const url = new URL('calibration.json', import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as CalibrationReference;
}

/** The rows of a reference as the fits take them. */
export function outcomeOf(reference: BinaryCalibrationReference): ScoredOutcome {
  return {
    actual: Uint8Array.from(reference.actual),
    scores: Float64Array.from(reference.scores),
    ...(reference.weights !== null && { weights: Float64Array.from(reference.weights) }),
  };
}

/** The largest distance of two lists; Infinity when their lengths differ. */
export function largestDistance(measured: ArrayLike<number>, expected: readonly number[]): number {
  if (measured.length !== expected.length) return Infinity;
  return expected.reduce((most, value, i) => Math.max(most, Math.abs(measured[i]! - value)), 0);
}
