import type { CalibrationMethod } from '@gnu-mlops/model';
import type { EncodedTarget } from '@gnu-mlops/preprocess';
import { TrainingOptionError } from '../errors.ts';
import { type ThresholdCriterion, openCriterion } from '../evaluation/threshold-criterion.ts';

/** How a model turns what its estimator says of a row into probabilities and a class. */
export interface DecisionRequest {
  /**
   * How probabilities are corrected, so that they come true: `sigmoid` (Platt) for few rows,
   * `isotonic` from some 1,000 on. Fitted on out-of-fold predictions of the training rows; default
   * `none`. Only for classification.
   */
  readonly calibration?: 'none' | CalibrationMethod;
  /**
   * From which probability of the positive class on a row is called positive: a number in [0, 1], or
   * what the threshold shall be best at on out-of-fold predictions of the training rows, calibrated
   * where a calibration is asked for. Default: the more probable class. Only for two classes.
   */
  readonly threshold?: number | ThresholdCriterion;
}

/**
 * Check that decisions can be made as asked for.
 *
 * @param folds of the cross-validation; 0 = none.
 * @throws {TrainingOptionError} when the target is none for them, there are no folds to fit them on, or
 *   a value is out of its range.
 */
export function checkDecisionRequest(
  { calibration = 'none', threshold }: DecisionRequest,
  { target, folds }: { readonly target: EncodedTarget; readonly folds: number },
): void {
  if (calibration !== 'none' && calibration !== 'sigmoid' && calibration !== 'isotonic') {
    const accepts = 'none, sigmoid or isotonic';
    throw new TrainingOptionError('calibration', { value: calibration, accepts });
  }
  if (calibration !== 'none' && target.task === 'regression') {
    const accepts = 'none where the target is a number';
    throw new TrainingOptionError('calibration', { value: calibration, accepts });
  }
  if (threshold !== undefined) checkThreshold(threshold, target);
  const isChosen = threshold !== undefined && typeof threshold !== 'number';
  if ((calibration !== 'none' || isChosen) && folds === 0) {
    const accepts = 'at least 2: calibration and threshold are fitted on out-of-fold predictions';
    throw new TrainingOptionError('folds', { value: folds, accepts });
  }
}

function checkThreshold(
  threshold: NonNullable<DecisionRequest['threshold']>,
  target: EncodedTarget,
): void {
  const value = typeof threshold === 'object' ? JSON.stringify(threshold) : threshold;
  if (target.task === 'regression' || target.classes.length !== 2) {
    const accepts = 'nothing here: a threshold decides between two classes';
    throw new TrainingOptionError('threshold', { value, accepts });
  }
  if (typeof threshold !== 'number') openCriterion(threshold);
  else if (!(threshold >= 0 && threshold <= 1)) {
    throw new TrainingOptionError('threshold', { value, accepts: 'a probability, from 0 to 1' });
  }
}
