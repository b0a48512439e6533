import {
  type CalibrationBin,
  classAgainstRest,
  measureBrierScore,
  measureCalibrationCurve,
  measureExpectedCalibrationError,
  measureLogLoss,
  predictedClassOutcome,
} from '@gnu-mlops/core';
import type { CalibrationMethod } from '@gnu-mlops/model';
import type { ThresholdCriterion } from '../evaluation/threshold-criterion.ts';
import { type ThresholdFigures, measureAtThreshold } from '../evaluation/threshold-figures.ts';
import type { DecisionRequest } from './decision-request.ts';
import type { FittedDecisions } from './fit-decisions.ts';

/** How far probabilities can be relied on; the lower the figures, the better. */
export interface CalibrationFigures {
  readonly brier: number;
  readonly logLoss: number;
  /** Mean distance between promised and actual shares, over the bins of `curve`. */
  readonly calibrationError: number;
  /** Ten bins of equal width: of the second of two classes, or of the most probable of several. */
  readonly curve: readonly CalibrationBin[];
}

/** What a calibration did. */
export interface CalibrationReport {
  readonly method: CalibrationMethod;
  /** Out-of-fold predictions that it was fitted on. */
  readonly rows: number;
  /** On the held-out rows, as the estimator alone has it. */
  readonly before: CalibrationFigures;
  /** On the held-out rows, as the model has it. */
  readonly after: CalibrationFigures;
}

/** From which probability on a row is called positive, and what that leads to. */
export interface ThresholdReport {
  readonly positiveClass: string;
  readonly value: number;
  /** `fixed`: it was given. */
  readonly chosenBy: 'fixed' | ThresholdCriterion;
  /** Where it was chosen: the criterion (of costs the mean cost of a row) and the rows it is best on. */
  readonly outOfFold?: {
    readonly criterion: number;
    readonly rows: number;
    readonly figures: ThresholdFigures;
  };
  readonly heldOut: ThresholdFigures;
}

/** What calibration and threshold did; absent where there is none. */
export interface DecisionReport {
  readonly calibration?: CalibrationReport;
  readonly threshold?: ThresholdReport;
}

/** Held-out rows, as the estimator alone has them and as the model has them. */
export interface HeldOutRows {
  readonly actual: Int32Array;
  readonly classes: readonly string[];
  /** Rows x classes, row-major. */
  readonly raw: Float64Array;
  /** The same, calibrated. */
  readonly probabilities: Float64Array;
}

/** Say what decisions were fitted, and how they do on the held-out rows. */
export function reportDecisions(
  { calibration, threshold, choice, rowCount }: FittedDecisions,
  request: DecisionRequest,
  { raw, ...after }: HeldOutRows,
): DecisionReport {
  const chosenBy = typeof request.threshold === 'number' ? 'fixed' : request.threshold;
  return {
    ...(calibration && {
      calibration: {
        method: calibration.method,
        rows: rowCount,
        before: measureCalibration({ ...after, probabilities: raw }),
        after: measureCalibration(after),
      },
    }),
    ...(threshold && {
      threshold: {
        ...threshold,
        chosenBy: chosenBy!,
        ...(choice && {
          outOfFold: { criterion: choice.value, rows: rowCount, figures: choice.figures },
        }),
        heldOut: measureAtThreshold(
          classAgainstRest(after, after.classes.indexOf(threshold.positiveClass)),
          threshold.value,
        ),
      },
    }),
  };
}

function measureCalibration(rows: Omit<HeldOutRows, 'raw'>): CalibrationFigures {
  const { actual, probabilities, classes } = rows;
  const { weights: _, ...outcome } =
    classes.length === 2 ? classAgainstRest(rows, 1) : predictedClassOutcome(rows);
  const curve = measureCalibrationCurve(outcome, { bins: 10, strategy: 'uniform' });
  return {
    brier: measureBrierScore(actual, probabilities, classes.length),
    logLoss: measureLogLoss(actual, probabilities, classes.length),
    calibrationError: measureExpectedCalibrationError(curve),
    curve,
  };
}
