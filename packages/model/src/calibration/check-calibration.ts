import { ModelInvalidError } from '../errors.ts';
import type { Calibration, IsotonicMap, SigmoidMap } from './calibration.ts';

/**
 * Check that a calibration maps the probabilities of so many classes into probabilities.
 *
 * @throws {ModelInvalidError} naming the place.
 */
export function checkCalibration(calibration: Calibration, classCount: number): void {
  const { method, maps } = calibration;
  if (calibration.classCount !== classCount) {
    throw new ModelInvalidError(
      'calibration.classCount',
      `is ${calibration.classCount}, and the model has ${classCount} classes`,
    );
  }
  const needed = classCount === 2 ? 1 : classCount;
  if (maps.length !== needed) {
    throw new ModelInvalidError(
      'calibration.maps',
      `are ${maps.length} where ${needed} are needed`,
    );
  }
  maps.forEach((map, i) => {
    const where = `calibration.maps[${i}]`;
    if (method === 'sigmoid') checkSigmoid(map as SigmoidMap, where);
    else checkIsotonic(map as IsotonicMap, where);
  });
}

function checkSigmoid({ slope, intercept }: SigmoidMap, where: string): void {
  for (const [name, value] of Object.entries({ slope, intercept })) {
    if (Number.isFinite(value)) continue;
    throw new ModelInvalidError(`${where}.${name}`, `is ${value}, no finite number`);
  }
}

function checkIsotonic({ scores, probabilities }: IsotonicMap, where: string): void {
  if (scores.length === 0 || scores.length !== probabilities.length) {
    throw new ModelInvalidError(
      where,
      `has ${scores.length} scores and ${probabilities.length} probabilities, and not as many of both`,
    );
  }
  for (let i = 0; i < scores.length; i++) {
    const isInRange = isProbability(scores[i]!) && isProbability(probabilities[i]!);
    const isRising =
      i === 0 || (scores[i]! > scores[i - 1]! && probabilities[i]! >= probabilities[i - 1]!);
    if (isInRange && isRising) continue;
    throw new ModelInvalidError(
      `${where}, place ${i},`,
      'is outside [0, 1] or falls behind the place before',
    );
  }
}

function isProbability(value: number): boolean {
  return value >= 0 && value <= 1;
}
