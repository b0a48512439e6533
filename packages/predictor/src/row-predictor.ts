import type { Table } from '@gnu-mlops/core';
import { type Model, type Predictions, createScorer, renumberRows } from '@gnu-mlops/model';
import type { ModelVersion } from '@gnu-mlops/registry-client';
import { alignTable } from './align-table.ts';
import { buildTable } from './build-table.ts';
import { checkFields } from './check-fields.ts';
import {
  type ExplainOptions,
  type ExplainedPrediction,
  type PredictionExplainer,
  createPredictionExplainer,
} from './explain-rows.ts';
import { formatPredictions } from './format-predictions.ts';
import { parsePredictInput } from './parse-predict-input.ts';
import type { PredictInput } from './predict-input.ts';
import type { Prediction } from './prediction.ts';

/** One model, ready to predict. It never changes. */
export interface RowPredictor {
  readonly model: Model;
  /** The version of a registry that the model came from, as it was then. */
  readonly version?: ModelVersion;
  /**
   * Predict rows.
   *
   * @returns one prediction a row, in input order; [] for no rows.
   * @throws {InputInvalidError} when the input is in no accepted form.
   * @throws {FeatureMissingError} when a row lacks a required feature.
   * @throws {ValueInvalidError} when a value is none of its feature's type.
   * @throws {FieldUnknownError} when a row has a field too many and `onExtraField` is `error`.
   * @throws what the scorer of `@gnu-mlops/model` throws: `PREPROCESS_CATEGORY_UNKNOWN` where the
   *   recipe refuses new categories, `MODEL_SCORE_NOT_FINITE` for a score that is no number.
   */
  predict(input: PredictInput): Prediction[];
  /**
   * Predict rows and say where each score comes from, by raw column: exact Shapley values. The first
   * call prepares the model for it.
   *
   * @returns one a row, in input order; [] for no rows.
   * @throws what {@link predict} throws; `MODEL_EXPLAIN_OPTION` for a class that the model does not
   *   have or a `top` that is no count; `MODEL_INVALID` for trees without cover, as some tools write.
   */
  explain(input: PredictInput, options?: ExplainOptions): ExplainedPrediction[];
  /**
   * Predict all rows of a table; columns that the model does not read are ignored.
   *
   * @throws {FeatureMissingError} when a required column is absent.
   * @throws {ValueInvalidError} when a cell is none of its column's type.
   * @throws what the scorer of `@gnu-mlops/model` throws.
   */
  predictTable(table: Table, options?: PredictTableOptions): Predictions;
}

/** Of which rows a table is a part. */
export interface PredictTableOptions {
  /** Which of all rows the table's first is, 0-based: errors count rows from there. Default: 0. */
  readonly firstRow?: number;
}

/** How rows are checked. */
export interface PredictOptions {
  /** What to do about a field that the model does not know; default `ignore`. */
  readonly onExtraField?: 'ignore' | 'error';
}

/** Do something with rows, and have errors count them from `firstRow`. */
function countFrom<Result>(firstRow: number, doWork: () => Result): Result {
  return renumberRows((row) => firstRow + row, doWork);
}

/** Prepare a model once, so that a prediction does nothing but predict. */
export function createRowPredictor(model: Model, options: PredictOptions = {}): RowPredictor {
  const { inputs } = model.signature;
  const features = new Set(inputs.map(({ name }) => name));
  const score = createScorer(model);
  const { onExtraField } = options;

  let explainer: PredictionExplainer | undefined;

  function readRows(input: PredictInput, firstRow = 0): Table {
    const rows = parsePredictInput(input, firstRow);
    if (onExtraField === 'error') checkFields(rows, features);
    return buildTable(rows, inputs);
  }
  function explain(input: PredictInput, settings: ExplainOptions = {}): ExplainedPrediction[] {
    const { firstRow = 0 } = settings;
    const table = readRows(input, firstRow);
    return countFrom(firstRow, () => {
      const predictions = formatPredictions(score(table));
      explainer ??= createPredictionExplainer(model);
      return explainer(table, predictions, settings);
    });
  }
  function predictTable(table: Table, { firstRow = 0 }: PredictTableOptions = {}): Predictions {
    const aligned = alignTable(table, inputs, firstRow);
    return countFrom(firstRow, () => score(aligned));
  }
  return {
    model,
    predict: (input) => formatPredictions(score(readRows(input))),
    explain,
    predictTable,
  };
}
