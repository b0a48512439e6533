import { measureConfusionMatrix } from './confusion-matrix.ts';
import { measureLogLoss } from './log-loss.ts';
import { MetricInputError } from './metric-errors.ts';
import { measureRocAuc } from './roc-auc.ts';

/** How well class probabilities fit the actual classes. A figure that is undefined is NaN. */
export interface ClassificationMetrics {
  /**
   * `binary`: precision, recall, F1 and AUC are those of `positiveClass`; `macro`: the unweighted
   * mean over classes, AUC one class against the rest.
   */
  readonly averaging: 'binary' | 'macro';
  /** Only with two classes. */
  readonly positiveClass?: string;
  /** Share of rows whose most probable class is the actual one. */
  readonly accuracy: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly rocAuc: number;
  readonly logLoss: number;
  /** Rows are actual classes, columns predicted ones, both in the order of `classes`. */
  readonly confusionMatrix: readonly (readonly number[])[];
  readonly classes: readonly string[];
  /** Rows of each actual class. */
  readonly support: readonly number[];
}

/** What {@link measureClassification} compares. */
export interface ClassificationOutcome {
  /** Codes into `classes`, one a row. */
  readonly actual: Int32Array;
  /** Rows x classes, row-major; each row sums to 1. */
  readonly probabilities: Float64Array;
  /** At least two. */
  readonly classes: readonly string[];
  /** Which of two classes is the event of interest; default: the second. */
  readonly positiveClass?: string;
}

/**
 * Measure class probabilities against the actual classes. The predicted class of a row is its most
 * probable one, the first of equals.
 *
 * Undefined figures: precision of a class that was never predicted, recall of one that never
 * occurred, F1 where both hold; a macro mean leaves such a class out, and is NaN when all are. AUC
 * is NaN as soon as one class is absent from `actual`.
 *
 * @throws {MetricInputError} when lengths disagree, a code names no class, a probability is NaN or
 *   outside [0, 1], there are fewer than two classes, or `positiveClass` is none of two.
 * @see scikit-learn precision_recall_fscore_support with zero_division=nan; roc_auc_score with
 *   multi_class="ovr", average="macro".
 */
export function measureClassification(outcome: ClassificationOutcome): ClassificationMetrics {
  checkOutcome(outcome);
  const { actual, probabilities, classes } = outcome;
  const confusionMatrix = measureConfusionMatrix(
    actual,
    mostProbable(probabilities, classes.length),
    classes.length,
  );
  const shared = {
    accuracy: sum(confusionMatrix.map((counts, code) => counts[code]!)) / actual.length,
    logLoss: measureLogLoss(actual, probabilities, classes.length),
    confusionMatrix,
    classes,
    support: confusionMatrix.map(sum),
  };
  if (classes.length === 2) {
    const positiveClass = outcome.positiveClass ?? classes[1]!;
    const positive = classes.indexOf(positiveClass);
    return {
      averaging: 'binary',
      positiveClass,
      ...classScores(confusionMatrix, positive),
      rocAuc: oneAgainstRest(outcome, positive),
      ...shared,
    };
  }
  const scores = classes.map((_, code) => classScores(confusionMatrix, code));
  return {
    averaging: 'macro',
    precision: meanDefined(scores.map((score) => score.precision)),
    recall: meanDefined(scores.map((score) => score.recall)),
    f1: meanDefined(scores.map((score) => score.f1)),
    rocAuc: sum(classes.map((_, code) => oneAgainstRest(outcome, code))) / classes.length,
    ...shared,
  };
}

function checkOutcome({ actual, probabilities, classes, positiveClass }: ClassificationOutcome) {
  if (classes.length < 2) {
    throw new MetricInputError(
      `Classification is measured over at least two classes, not ${classes.length}.`,
    );
  }
  if (probabilities.length !== actual.length * classes.length) {
    throw new MetricInputError(
      `${actual.length} rows of ${classes.length} classes need ${actual.length * classes.length} ` +
        `probabilities, not ${probabilities.length}.`,
    );
  }
  if (positiveClass !== undefined && (classes.length > 2 || !classes.includes(positiveClass))) {
    throw new MetricInputError(
      `The positive class "${positiveClass}" must be one of two classes, not of: ${classes.join(', ')}.`,
    );
  }
  const strange = actual.findIndex((code) => code < 0 || code >= classes.length);
  if (strange >= 0) {
    throw new MetricInputError(
      `Row ${strange + 1}: class code ${actual[strange]} is none of 0 to ${classes.length - 1}.`,
    );
  }
  // Sums of many shares may leave [0, 1] by rounding; anything beyond that is no probability.
  const wrong = probabilities.findIndex((p) => !(p >= -1e-9 && p <= 1 + 1e-9));
  if (wrong >= 0) {
    throw new MetricInputError(
      `Row ${Math.floor(wrong / classes.length) + 1}: ${probabilities[wrong]} is no probability.`,
    );
  }
}

function mostProbable(probabilities: Float64Array, classCount: number): Int32Array {
  const labels = new Int32Array(probabilities.length / classCount);
  for (let row = 0; row < labels.length; row++) {
    const start = row * classCount;
    let best = 0;
    for (let code = 1; code < classCount; code++) {
      if (probabilities[start + code]! > probabilities[start + best]!) best = code;
    }
    labels[row] = best;
  }
  return labels;
}

function classScores(confusionMatrix: number[][], code: number) {
  const hits = confusionMatrix[code]![code]!;
  const occurred = sum(confusionMatrix[code]!);
  const predicted = sum(confusionMatrix.map((counts) => counts[code]!));
  return {
    precision: hits / predicted,
    recall: hits / occurred,
    f1: (2 * hits) / (occurred + predicted),
  };
}

function oneAgainstRest({ actual, probabilities, classes }: ClassificationOutcome, code: number) {
  const positives = new Float64Array(actual.length);
  const negatives = new Float64Array(actual.length);
  let positiveCount = 0;
  let negativeCount = 0;
  for (let row = 0; row < actual.length; row++) {
    const score = probabilities[row * classes.length + code]!;
    if (actual[row] === code) positives[positiveCount++] = score;
    else negatives[negativeCount++] = score;
  }
  return measureRocAuc(positives.subarray(0, positiveCount), negatives.subarray(0, negativeCount));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function meanDefined(values: readonly number[]): number {
  const defined = values.filter((value) => !Number.isNaN(value));
  return sum(defined) / defined.length;
}
