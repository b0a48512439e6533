import { checkCalibration } from './calibration/check-calibration.ts';
import { ModelInvalidError } from './errors.ts';
import type { Model } from './model.ts';

/**
 * Check that what makes decisions of an estimator's outputs suits the model: a calibration its
 * classes, and a decision threshold its two classes.
 *
 * @throws {ModelInvalidError} naming the part.
 */
export function checkDecisions({ task, target, calibration, threshold }: Model): void {
  for (const [name, part] of Object.entries({ calibration, threshold })) {
    if (part === undefined || task === 'classification') continue;
    throw new ModelInvalidError(name, 'is there though the task is regression');
  }
  const classes = target.classes ?? [];
  if (calibration !== undefined) checkCalibration(calibration, classes.length);
  if (threshold === undefined) return;
  if (classes.length !== 2) {
    throw new ModelInvalidError(
      'threshold',
      `is there for ${classes.length} classes instead of two`,
    );
  }
  if (!classes.includes(threshold.positiveClass)) {
    throw new ModelInvalidError(
      'threshold.positiveClass',
      `is "${threshold.positiveClass}", and the classes are ${classes.join(', ')}`,
    );
  }
  if (!(threshold.value >= 0 && threshold.value < Infinity)) {
    throw new ModelInvalidError('threshold.value', `is ${threshold.value}, no number of 0 or more`);
  }
}
