import type { Table } from '@gnu-mlops/core';
import {
  type Model,
  type RowExplanation,
  createTableExplainer,
  explainRow,
} from '@gnu-mlops/model';
import type { Prediction } from './prediction.ts';

/** What to explain of each row, and how much of it. */
export interface ExplainOptions {
  /** At least 0: how many raw columns to list, the strongest first; default all. */
  readonly top?: number;
  /** Whose score to explain; default: the predicted class. Not for regression. */
  readonly className?: string;
  /** Which of all rows the input's first is, 0-based: errors count rows from there. Default: 0. */
  readonly firstRow?: number;
}

/** What a model says about one row, and where its score comes from. */
export interface ExplainedPrediction extends Prediction {
  /**
   * By raw column: `baseValue` + `contributions` + `otherContributions` = `score`, in the `space` of
   * the model's scores. That is the probability for a forest of class shares. Where the model
   * calibrates, the scores are those before it, as `before` says.
   */
  readonly explanation: RowExplanation;
}

/** Says where the predictions for the rows of a table come from; one a row, in row order. */
export type PredictionExplainer = (
  table: Table,
  predictions: readonly Prediction[],
  options: ExplainOptions,
) => ExplainedPrediction[];

/** Prepare a model's explanations once. */
export function createPredictionExplainer(model: Model): PredictionExplainer {
  const explain = createTableExplainer(model);
  return (table, predictions, { top, className }) => {
    const explanation = explain(table);
    return predictions.map((prediction, row) => {
      const output = className ?? nameOfOutput(model, prediction);
      const options = { output, ...(top !== undefined && { top }) };
      return { ...prediction, explanation: explainRow(explanation, row, options) };
    });
  };
}

function nameOfOutput({ task, target }: Model, { prediction }: Prediction): string {
  return task === 'classification' ? String(prediction) : target.name;
}
