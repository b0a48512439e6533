import { ModelInvalidError } from '../errors.ts';
import { portableExp } from '../portable-exp.ts';
import type { Calibration, IsotonicMap, SigmoidMap } from './calibration.ts';

/**
 * Turn the probabilities of a model into calibrated ones. With more than two classes each is mapped
 * by itself and the row is divided by its sum; where all are mapped to 0 they become equal.
 *
 * @param probabilities rows x classes, row-major, as they were when the calibration was fitted.
 * @returns a new array of the same shape; each row sums to 1.
 * @throws {ModelInvalidError} when the length is no multiple of the number of classes.
 */
export function applyCalibration(
  calibration: Calibration,
  probabilities: Float64Array,
): Float64Array {
  const { classCount } = calibration;
  if (probabilities.length % classCount !== 0) {
    throw new ModelInvalidError(
      'calibration',
      `is for rows of ${classCount} classes, which ${probabilities.length} probabilities are not`,
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

/** The corrected probability of one probability, with the same bits on every engine. */
function applySigmoid({ slope, intercept }: SigmoidMap, probability: number): number {
  const logit = slope * probability + intercept;
  const smaller = portableExp(-Math.abs(logit));
  return (logit >= 0 ? 1 : smaller) / (1 + smaller);
}

/** The corrected probability of one probability; NaN of NaN. */
function applyIsotonic({ scores, probabilities }: IsotonicMap, score: number): number {
  const last = scores.length - 1;
  if (score >= scores[last]!) return probabilities[last]!;
  if (score <= scores[0]!) return probabilities[0]!;
  let below = 0;
  let above = last;
  while (above - below > 1) {
    const middle = (below + above) >>> 1;
    if (scores[middle]! <= score) below = middle;
    else above = middle;
  }
  const rise = probabilities[above]! - probabilities[below]!;
  const share = (score - scores[below]!) / (scores[above]! - scores[below]!);
  return probabilities[below]! + rise * share;
}
