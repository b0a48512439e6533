import {
  createTable,
  measureClassification,
  measureRegression,
  metricValues,
} from '@gnu-mlops/core';
import { applyCalibration } from '@gnu-mlops/model';
import { splitFolds } from '@gnu-mlops/preprocess';
import { describe, expect, it } from 'vitest';
import { fitCalibration } from '../../src/calibration/fit-calibration.ts';
import { crossValidate } from '../../src/cross-validate.ts';
import { chooseThreshold } from '../../src/evaluation/choose-threshold.ts';
import { predictOutOfFold } from '../../src/evaluation/predict-out-of-fold.ts';
import { churnTable } from '../churn-table.ts';

const request = {
  table: churnTable(200),
  target: 'left',
  algorithm: 'logistic_regression',
  folds: 4,
  seed: 3,
};

describe('predictOutOfFold', () => {
  it('predicts each row by the model of its fold of crossValidate, in the order of the table', async () => {
    const predictions = await predictOutOfFold(request);
    if (predictions.task !== 'classification') throw new Error('not a classification');
    const { actual, probabilities, classes } = predictions;
    const splits = splitFolds({ rowCount: 200, folds: 4, seed: 3, labels: actual });
    const measured = splits.map(({ test }) =>
      metricValues(
        measureClassification({
          actual: test.map((row) => actual[row]!),
          probabilities: Float64Array.from(
            [...test].flatMap((row) => [...rowOf(probabilities, row)]),
          ),
          classes,
        }),
      ),
    );
    expect(measured).toEqual((await crossValidate(request)).map(({ metrics }) => metrics));
  });

  it('predicts numbers too', async () => {
    const paid = Float64Array.from({ length: 200 }, (_, row) => (row % 17) + (row % 5) / 3);
    const table = createTable([
      ['tenure', request.table.columns.get('tenure')!],
      ['paid', { kind: 'numeric', values: paid }],
    ]);
    const numbers = { ...request, table, target: 'paid', algorithm: 'ridge' };
    const predictions = await predictOutOfFold(numbers);
    if (predictions.task !== 'regression') throw new Error('not a regression');
    const { actual, predicted } = predictions;
    const measured = splitFolds({ rowCount: 200, folds: 4, seed: 3 }).map(({ test }) =>
      metricValues(
        measureRegression(
          Float64Array.from(test, (row) => actual[row]!),
          Float64Array.from(test, (row) => predicted[row]!),
        ),
      ),
    );
    expect(measured).toEqual((await crossValidate(numbers)).map(({ metrics }) => metrics));
  });

  it('feeds a calibration and a threshold', async () => {
    const predictions = await predictOutOfFold(request);
    if (predictions.task !== 'classification') throw new Error('not a classification');
    const calibration = fitCalibration({ ...predictions, method: 'sigmoid' });
    const calibrated = applyCalibration(calibration, predictions.probabilities);
    const { threshold, figures } = chooseThreshold({
      actual: predictions.actual,
      scores: calibrated.filter((_, i) => i % 2 === 1),
      by: 'f1',
    });
    expect(threshold).toBeGreaterThan(0);
    expect(threshold).toBeLessThan(1);
    expect(figures.f1).toBeGreaterThan(0.6);
  });

  it('reports progress by fold, and ends by its signal', async () => {
    const seen: string[] = [];
    await predictOutOfFold(request, { onProgress: ({ detail }) => seen.push(detail ?? '') });
    expect(seen.at(-1)).toBe('fold 4 of 4');
    const signal = AbortSignal.abort();
    await expect(predictOutOfFold(request, { signal })).rejects.toMatchObject({
      code: 'TRAINER_CANCELLED',
    });
  });
});

function rowOf(probabilities: Float64Array, row: number): Float64Array {
  return probabilities.subarray(2 * row, 2 * row + 2);
}
