import {
  type ClassificationMetrics,
  type RegressionMetrics,
  type Table,
  columnNamed,
  measureClassification,
  measureRegression,
} from '@gnu-mlops/core';
import { type Model, predictTable } from '@gnu-mlops/model';
import { encodeTarget } from '@gnu-mlops/preprocess';
import { ClassUnknownError } from './errors.ts';

/** Settings of {@link evaluateModel}. */
export interface EvaluationOptions {
  /** Which of two classes precision, recall, F1 and AUC are about; default the second. */
  readonly positiveClass?: string;
}

/**
 * Compare what a model predicts for the rows of a table with the target column in it: calibrated
 * probabilities, and the classes that its threshold decides, where it has them.
 *
 * @throws {ColumnNotFoundError} when the target or an input of the model is not there.
 * @throws {ClassUnknownError} when a row has a class that the model does not know.
 * @throws {TargetMissingError} when target cells are missing.
 */
export function evaluateModel(
  model: Model,
  table: Table,
  options: EvaluationOptions = {},
): ClassificationMetrics | RegressionMetrics {
  const { name } = model.target;
  const target = encodeTarget(columnNamed(table, name), { name, task: model.task });
  const predictions = predictTable(model, table);
  if (target.task === 'classification' && predictions.task === 'classification') {
    const { classes, probabilities, labels: predicted } = predictions;
    const codes = target.classes.map((className) => {
      const code = classes.indexOf(className);
      if (code < 0) throw new ClassUnknownError(className, classes);
      return code;
    });
    const actual = target.labels.map((label) => codes[label]!);
    return measureClassification({ actual, predicted, probabilities, classes, ...options });
  }
  return measureRegression(
    (target as { values: Float64Array }).values,
    (predictions as { values: Float64Array }).values,
  );
}
