import {
  type ClassProbabilities,
  checkClassProbabilities,
  classAgainstRest,
} from '@gnu-mlops/core';
import type { Calibration, CalibrationMethod } from '@gnu-mlops/model';
import { TrainingInputError, TrainingOptionError } from '../errors.ts';
import { fitIsotonic } from './fit-isotonic.ts';
import { fitSigmoid } from './fit-sigmoid.ts';

/** Probabilities of rows that the model has not learned from, and the correction to learn. */
export interface CalibrationRequest extends ClassProbabilities {
  /** `sigmoid`: two numbers a class, for few rows; `isotonic`: any shape, from some 1,000 rows on. */
  readonly method: CalibrationMethod;
}

/**
 * Learn to turn a model's probabilities into shares that come true: one map for two classes, else
 * one for each class against all others.
 *
 * The rows must be others than the model was fitted on (held out, or predicted out of fold), or the
 * correction makes matters worse.
 *
 * @returns frozen data for `applyCalibration` of @gnu-mlops/model, and for a model's `calibration`.
 * @throws {TrainingInputError} when a class has no row of a weight above 0.
 * @throws {TrainingOptionError} when the method has another name.
 * @throws {MetricInputError} when lengths disagree, a code names no class, a probability is NaN or
 *   outside [0, 1], a weight is negative or not finite, or there are fewer than two classes.
 * @see scikit-learn CalibratedClassifierCV on predict_proba.
 */
export function fitCalibration({ method, ...outcome }: CalibrationRequest): Calibration {
  checkClassProbabilities(outcome);
  checkEveryClass(outcome);
  const classCount = outcome.classes.length;
  const mapped = classCount === 2 ? [1] : outcome.classes.map((_, code) => code);
  const rows = mapped.map((code) => classAgainstRest(outcome, code));
  if (method === 'sigmoid') {
    const maps = Object.freeze(rows.map((row) => Object.freeze(fitSigmoid(row))));
    return Object.freeze({ method, classCount, maps });
  }
  if (method === 'isotonic') {
    const maps = rows.map(fitIsotonic).map(({ scores, probabilities }) =>
      Object.freeze({
        scores: Object.freeze(scores),
        probabilities: Object.freeze(probabilities),
      }),
    );
    return Object.freeze({ method, classCount, maps: Object.freeze(maps) });
  }
  throw new TrainingOptionError('method', { value: method, accepts: 'sigmoid or isotonic' });
}

function checkEveryClass({ actual, classes, weights }: ClassProbabilities): void {
  const totals = new Float64Array(classes.length);
  for (let row = 0; row < actual.length; row++) {
    totals[actual[row]!]! += weights === undefined ? 1 : weights[row]!;
  }
  const absent = totals.indexOf(0);
  if (absent >= 0) {
    throw new TrainingInputError(
      'actual',
      `The class "${classes[absent]}" has no row to calibrate its probability with. Hold out more ` +
        'rows, or split them by class.',
    );
  }
}
