import {
  type ClassificationMetrics,
  type RegressionMetrics,
  measureClassification,
} from '@gnu-mlops/core';
import { applyCalibration, decideLabels } from '@gnu-mlops/model';
import { type LearningTask, measureOutputs } from '../learning-task.ts';
import type { DecisionRequest } from './decision-request.ts';
import { type DecisionReport, reportDecisions } from './decision-report.ts';
import type { FittedDecisions } from './fit-decisions.ts';

/** How a model does on rows that it has not seen. */
export interface DecidedEvaluation {
  /** Of the calibrated probabilities, and of the classes that the threshold decides. */
  readonly evaluation: ClassificationMetrics | RegressionMetrics;
  readonly report: DecisionReport;
}

/**
 * Compare what a model with these decisions says of some rows with their target.
 *
 * @param outputs what its estimator says of the rows: rows x classes, row-major, or a number each.
 */
export function evaluateDecisions(
  task: LearningTask,
  { rows, outputs }: { readonly rows: Int32Array; readonly outputs: Float64Array },
  {
    decisions,
    request,
  }: { readonly decisions: FittedDecisions; readonly request: DecisionRequest },
): DecidedEvaluation {
  const { target, positiveClass } = task;
  const { calibration, threshold } = decisions;
  if (target.task === 'regression' || (calibration === undefined && threshold === undefined)) {
    return { evaluation: measureOutputs(task, rows, outputs), report: {} };
  }
  const { classes } = target;
  const actual = rows.map((row) => target.labels[row]!);
  const probabilities = calibration ? applyCalibration(calibration, outputs) : outputs;
  const outcome = { actual, classes, probabilities };
  return {
    evaluation: measureClassification({
      ...outcome,
      predicted: decideLabels(probabilities, classes, threshold),
      ...(positiveClass !== undefined && { positiveClass }),
    }),
    report: reportDecisions(decisions, request, { ...outcome, raw: outputs }),
  };
}
