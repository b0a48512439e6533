import { measureAveragePrecision } from './average-precision.ts';
import { measureBalancedAccuracy } from './balanced-accuracy.ts';
import { measureBrierScore } from './brier-score.ts';
import { checkClassProbabilities } from './check-class-probabilities.ts';
import { type ClassProbabilities, classAgainstRest } from './class-against-rest.ts';
import { measureClassReport, measureClassScores } from './class-report.ts';
import { measureConfusionMatrix } from './confusion-matrix.ts';
import { measureLogLoss } from './log-loss.ts';
import { measureMatthewsCorrelation } from './matthews-correlation.ts';
import { MetricInputError } from './metric-errors.ts';
import { mostProbableClass } from './most-probable-class.ts';
import { measureRocArea } from './roc-area.ts';
import { countByThreshold } from './threshold-counts.ts';

/** How well class probabilities fit the actual classes. A figure that is undefined is NaN. */
export interface ClassificationMetrics {
  /**
   * `binary`: precision, recall, F1 and the two areas are those of `positiveClass`; `macro`: the
   * unweighted mean over classes, the areas one class against the rest.
   */
  readonly averaging: 'binary' | 'macro';
  /** Only with two classes. */
  readonly positiveClass?: string;
  /** Share of rows whose predicted class is the actual one. */
  readonly accuracy: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly rocAuc: number;
  readonly logLoss: number;
  /** Area under the precision-recall curve, as {@link measureAveragePrecision}. */
  readonly prAuc: number;
  /** Mean squared error of the probabilities, as {@link measureBrierScore}. */
  readonly brier: number;
  /** Matthews correlation, in [-1, 1]. */
  readonly mcc: number;
  /** Mean recall over the classes that occurred. */
  readonly balancedAccuracy: number;
  /** Rows are actual classes, columns predicted ones, both in the order of `classes`. */
  readonly confusionMatrix: readonly (readonly number[])[];
  readonly classes: readonly string[];
  /** Rows of each actual class, or their weight. */
  readonly support: readonly number[];
}

/** What {@link measureClassification} compares. */
export interface ClassificationOutcome extends ClassProbabilities {
  /** Codes into `classes`, one a row. */
  readonly actual: Int32Array;
  /** Rows x classes, row-major; each row sums to 1. */
  readonly probabilities: Float64Array;
  /** At least two. */
  readonly classes: readonly string[];
  /**
   * Codes of the predicted classes, one a row, where they are decided otherwise, as by a threshold;
   * default: the most probable class, the first of equals.
   */
  readonly predicted?: Int32Array;
  /** Which of two classes is the event of interest; default: the second. */
  readonly positiveClass?: string;
}

/**
 * Measure class probabilities against the actual classes. {@link measureClassReport} of the
 * result tells the classes apart.
 *
 * Undefined figures: precision of a class that was never predicted, recall of one that never
 * occurred, F1 where both hold; a macro mean leaves such a class out, and is NaN when all are. Both
 * areas are NaN as soon as one class is absent from `actual`; MCC is NaN when one class alone
 * occurred or was predicted.
 *
 * @throws {MetricInputError} when lengths disagree, a code names no class, a probability is NaN or
 *   outside [0, 1], a weight is negative or not finite, there are fewer than two classes, or
 *   `positiveClass` is none of two.
 * @see scikit-learn precision_recall_fscore_support with zero_division=nan; roc_auc_score with
 *   multi_class="ovr", average="macro"; average_precision_score with average="macro".
 */
export function measureClassification(outcome: ClassificationOutcome): ClassificationMetrics {
  checkClassProbabilities(outcome);
  checkPositiveClass(outcome);
  checkPredicted(outcome);
  const { actual, probabilities, classes, weights } = outcome;
  const classCount = classes.length;
  const predicted = outcome.predicted ?? mostProbableClass(probabilities, classCount);
  const confusionMatrix = measureConfusionMatrix(actual, predicted, classCount, { weights });
  const report = measureClassReport({ confusionMatrix, classes });
  const shared = {
    accuracy: report.micro.recall,
    logLoss: measureLogLoss(actual, probabilities, classCount, { weights }),
    brier: measureBrierScore(actual, probabilities, classCount, { weights }),
    mcc: measureMatthewsCorrelation(confusionMatrix),
    balancedAccuracy: measureBalancedAccuracy(confusionMatrix),
    confusionMatrix,
    classes,
    support: report.classes.map(({ support }) => support),
  };
  if (classCount === 2) {
    const positiveClass = outcome.positiveClass ?? classes[1]!;
    const positive = classes.indexOf(positiveClass);
    const { precision, recall, f1 } = measureClassScores(confusionMatrix, positive);
    const areas = measureAreas(outcome, positive);
    return { averaging: 'binary', positiveClass, precision, recall, f1, ...areas, ...shared };
  }
  const { precision, recall, f1 } = report.macro;
  const areas = classes.map((_, code) => measureAreas(outcome, code));
  return {
    averaging: 'macro',
    precision,
    recall,
    f1,
    rocAuc: areas.reduce((sum, { rocAuc }) => sum + rocAuc, 0) / classCount,
    prAuc: areas.reduce((sum, { prAuc }) => sum + prAuc, 0) / classCount,
    ...shared,
  };
}

function checkPositiveClass({ classes, positiveClass }: ClassificationOutcome): void {
  if (positiveClass !== undefined && (classes.length > 2 || !classes.includes(positiveClass))) {
    throw new MetricInputError(
      `The positive class "${positiveClass}" must be one of two classes, not of: ${classes.join(', ')}.`,
    );
  }
}

function checkPredicted({ actual, predicted, classes }: ClassificationOutcome): void {
  if (predicted === undefined) return;
  if (predicted.length !== actual.length) {
    throw new MetricInputError(
      `${actual.length} actual classes cannot be compared with ${predicted.length} predicted ones.`,
    );
  }
  const row = predicted.findIndex((code) => code < 0 || code >= classes.length);
  if (row < 0) return;
  throw new MetricInputError(
    `Row ${row + 1}: the predicted class code ${predicted[row]} is none of ${classes.length} classes.`,
  );
}

function measureAreas(outcome: ClassificationOutcome, code: number) {
  const counts = countByThreshold(classAgainstRest(outcome, code));
  return { rocAuc: measureRocArea(counts), prAuc: measureAveragePrecision(counts) };
}
