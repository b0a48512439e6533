import { TrainingInputError } from '../errors.ts';
import type { Calibration } from './calibration.ts';
import { applyIsotonic } from './isotonic-map.ts';
import { applySigmoid } from './sigmoid-map.ts';

/**
 * Turn the probabilities of a model into calibrated ones. With more than two classes each is mapped
 * by itself and the row is divided by its sum; where all are mapped to 0 they become equal.
 *
 * @param probabilities rows x classes, row-major, as they were when the calibration was fitted.
 * @returns a new array of the same shape; each row sums to 1.
 * @throws {TrainingInputError} when the length is no multiple of the number of classes.
 */
export function applyCalibration(
  calibration: Calibration,
  probabilities: Float64Array,
): Float64Array {
  const { classCount } = calibration;
  if (probabilities.length % classCount !== 0) {
    throw new TrainingInputError(
      'probabilities',
      `${probabilities.length} probabilities are no rows of ${classCount} classes. Pass the ` +
        'probabilities of all classes, row by row.',
    );
  }
  const calibrated = new Float64Array(probabilities.length);
  for (let start = 0; start < calibrated.length; start += classCount) {
    if (classCount === 2) {
      const positive = mapOne(calibration, 0, probabilities[start + 1]!);
      calibrated[start] = 1 - positive;
      calibrated[start + 1] = positive;
    } else {
      let sum = 0;
      for (let code = 0; code < classCount; code++) {
        const mapped = mapOne(calibration, code, probabilities[start + code]!);
        calibrated[start + code] = mapped;
        sum += mapped;
      }
      for (let code = 0; code < classCount; code++) {
        calibrated[start + code] = sum === 0 ? 1 / classCount : calibrated[start + code]! / sum;
      }
    }
  }
  return calibrated;
}

function mapOne(calibration: Calibration, position: number, probability: number): number {
  return calibration.method === 'sigmoid'
    ? applySigmoid(calibration.maps[position]!, probability)
    : applyIsotonic(calibration.maps[position]!, probability);
}
