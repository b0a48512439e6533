import {
  type MetricName,
  type Table,
  columnNamed,
  measureClassification,
  measureRegression,
  metricTask,
  metricValues,
  nearestName,
} from '@gnu-mlops/core';
import { encodeTarget } from '@gnu-mlops/preprocess';
import { ExplainOptionError } from '../errors.ts';
import type { Model } from '../model.ts';
import type { Predictions } from '../predictions.ts';

/** Measures predictions for the rows of one table. */
export type PredictionMeasure = (predictions: Predictions) => number;

/**
 * Prepare one metric for many predictions of the same rows, whose true targets the table holds.
 *
 * @throws {ColumnNotFoundError} when the table has no target column.
 * @throws {TargetMissingError} when target cells are missing.
 * @throws {ExplainOptionError} when the metric is of another task, or a row has a class that the
 *   model does not know.
 */
export function createMeasure(model: Model, table: Table, metric: MetricName): PredictionMeasure {
  const { task, target } = model;
  if (metricTask(metric) !== task) {
    throw new ExplainOptionError('metric', `is ${metric}, which does not measure ${task}`);
  }
  const { name, classes = [] } = target;
  const actual = encodeTarget(columnNamed(table, name), { name, task });
  if (actual.task === 'regression') {
    return (predictions) => {
      const { values } = predictions as Extract<Predictions, { task: 'regression' }>;
      return metricValues(measureRegression(actual.values, values))[metric]!;
    };
  }
  const codes = actual.classes.map((label) => {
    const code = classes.indexOf(label);
    if (code >= 0) return code;
    const nearest = nearestName(label, classes);
    const hint = nearest === undefined ? '' : `; it has "${nearest}"`;
    throw new ExplainOptionError(
      'table',
      `has the class "${label}" in "${name}", which the model does not know${hint}`,
    );
  });
  const labels = actual.labels.map((label) => codes[label]!);
  return (predictions) => {
    const answers = predictions as Extract<Predictions, { task: 'classification' }>;
    const { probabilities, labels: predicted } = answers;
    const outcome = { actual: labels, predicted, probabilities, classes };
    return metricValues(measureClassification(outcome))[metric]!;
  };
}
