import { classAgainstRest } from '@gnu-mlops/core';
import { type Model, applyCalibration } from '@gnu-mlops/model';
import { fitCalibration } from '../calibration/fit-calibration.ts';
import { type ThresholdChoice, chooseThreshold } from '../evaluation/choose-threshold.ts';
import type { OutOfFoldPredictions } from '../evaluation/gather-folds.ts';
import type { DecisionRequest } from './decision-request.ts';

/** What was asked for, fitted. */
export interface FittedDecisions extends Pick<Model, 'calibration' | 'threshold'> {
  /** Where the threshold was chosen by a criterion. */
  readonly choice?: ThresholdChoice;
  /** Rows that calibration and threshold were fitted on. */
  readonly rowCount: number;
}

/** No probability reaches it: where calling no row positive is best. */
const NEVER = 2;

/**
 * Fit a calibration, then choose a threshold on the calibrated probabilities, of rows that the models
 * which predicted them had not seen.
 *
 * @param predictions out of fold; without any, a threshold that is given is all there can be.
 */
export function fitDecisions(
  { calibration: method = 'none', threshold }: DecisionRequest,
  predictions: OutOfFoldPredictions,
  positiveClass: string | undefined,
): FittedDecisions {
  if (predictions.task === 'regression') return { rowCount: 0 };
  const { classes } = predictions;
  const positive = positiveClass ?? classes.at(-1)!;
  const calibration = method === 'none' ? undefined : fitCalibration({ ...predictions, method });
  const calibrated = calibration && { calibration };
  const rowCount = predictions.actual.length;
  if (threshold === undefined || typeof threshold === 'number') {
    const fixed = threshold !== undefined && {
      threshold: { positiveClass: positive, value: threshold },
    };
    return { ...calibrated, ...fixed, rowCount };
  }
  const probabilities = calibration
    ? applyCalibration(calibration, predictions.probabilities)
    : predictions.probabilities;
  const outcome = classAgainstRest({ ...predictions, probabilities }, classes.indexOf(positive));
  const choice = chooseThreshold({ ...outcome, by: threshold });
  return {
    ...calibrated,
    threshold: { positiveClass: positive, value: betweenScores(choice) },
    choice,
    rowCount,
  };
}

/**
 * Half way to the next lower score: it makes the same decisions about the rows it was chosen on, and
 * a score whose last bits another runtime rounds otherwise does not change sides.
 */
function betweenScores({ threshold, curve: { thresholds } }: ThresholdChoice): number {
  if (threshold === Infinity) return NEVER;
  const lower = thresholds[thresholds.indexOf(threshold) + 1] ?? 0;
  const middle = lower + (threshold - lower) / 2;
  return middle > lower ? middle : threshold;
}
