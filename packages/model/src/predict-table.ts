import type { Table } from '@gnu-mlops/core';
import { type FeatureMatrix, createTransformer } from '@gnu-mlops/preprocess';
import { applyCalibration } from './calibration/apply-calibration.ts';
import { checkModel } from './check-model.ts';
import { decideLabels } from './decide-labels.ts';
import { needsEveryFeature } from './ensemble/needs-every-feature.ts';
import { ScoreNotFiniteError } from './errors.ts';
import { freeFeatures } from './free-features.ts';
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
  const { task, target, recipe, estimator, calibration, threshold } = model;
  const transform = createTransformer(recipe);
  const score = createMatrixScorer(estimator);

  return (table) => {
    const matrix = transform(table);
    const outputs = score(matrix);
    const { rowCount } = matrix;
    checkScores(outputs, matrix, estimator);
    freeFeatures(matrix, table);
    if (task === 'regression') return { task, rowCount, values: outputs };
    const classes = target.classes!;
    const probabilities = calibration ? applyCalibration(calibration, outputs) : outputs;
    const labels = decideLabels(probabilities, classes, threshold);
    return { task, rowCount, classes, labels, probabilities };
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

function checkScores(outputs: Float64Array, matrix: FeatureMatrix, estimator: Estimator): void {
  for (let at = 0; at < outputs.length; at++) {
    if (Number.isFinite(outputs[at])) continue;
    const row = Math.floor((at * matrix.rowCount) / outputs.length);
    const feature = needsEveryFeature(estimator) ? unfitFeature(matrix, row) : undefined;
    throw new ScoreNotFiniteError(row, feature);
  }
}

/** The first feature that a sum cannot take at `row`. */
function unfitFeature({ columns, features }: FeatureMatrix, row: number): string | undefined {
  const at = columns.findIndex((column) => !Number.isFinite(column[row]));
  return features[at]?.name;
}
