import type { Table } from '@gnu-mlops/core';
import { type FeatureMatrix, createTransformer } from '@gnu-mlops/preprocess';
import { checkModel } from './check-model.ts';
import { ScoreNotFiniteError } from './errors.ts';
import type { Estimator } from './estimator.ts';
import type { Model } from './model.ts';
import { createMatrixScorer } from './predict-matrix.ts';
import type { Predictions } from './predictions.ts';

/** Says what one model predicts for the rows of a table, in row order. */
export type Scorer = (table: Table) => Predictions;

/**
 * Prepare a model for many tables, or for one row at a time: the model is checked, its trees are
 * laid out and its categories looked up here, once.
 *
 * The scorer throws what `transformTable` of @gnu-mlops/preprocess throws, and
 * {@link ScoreNotFiniteError} for a row whose score is NaN or infinite.
 *
 * @throws {ModelInvalidError} when the model's parts do not fit together.
 */
export function createScorer(model: Model): Scorer {
  checkModel(model);
  const { task, target, recipe, estimator } = model;
  const transform = createTransformer(recipe);
  const score = createMatrixScorer(estimator);

  return (table) => {
    const matrix = transform(table);
    const outputs = score(matrix);
    const { rowCount } = matrix;
    checkScores(outputs, matrix, estimator.kind);
    if (task === 'regression') return { task, rowCount, values: outputs };
    const classes = target.classes!;
    const labels = mostProbable(outputs, rowCount);
    return { task, rowCount, classes, labels, probabilities: outputs };
  };
}

/**
 * Score the rows of a table that has the model's inputs. For many tables, or one row at a time, keep
 * a scorer from {@link createScorer} instead.
 *
 * @throws what {@link createScorer} and its scorer throw.
 */
export function predictTable(model: Model, table: Table): Predictions {
  return createScorer(model)(table);
}

function checkScores(outputs: Float64Array, matrix: FeatureMatrix, kind: Estimator['kind']): void {
  for (let at = 0; at < outputs.length; at++) {
    if (Number.isFinite(outputs[at])) continue;
    const row = Math.floor((at * matrix.rowCount) / outputs.length);
    throw new ScoreNotFiniteError(row, kind === 'linear' ? unfitFeature(matrix, row) : undefined);
  }
}

/** The first feature that a sum cannot take at `row`. */
function unfitFeature({ columns, features }: FeatureMatrix, row: number): string | undefined {
  const at = columns.findIndex((column) => !Number.isFinite(column[row]));
  return features[at]?.name;
}

/** The column of each row's largest output; the first of equals. */
function mostProbable(outputs: Float64Array, rowCount: number): Int32Array {
  const width = outputs.length / rowCount;
  const labels = new Int32Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    let best = 0;
    for (let k = 1; k < width; k++) {
      if (outputs[row * width + k]! > outputs[row * width + best]!) best = k;
    }
    labels[row] = best;
  }
  return labels;
}
