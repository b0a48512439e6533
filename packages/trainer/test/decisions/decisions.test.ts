import { createTable, measureLogLoss, takeColumns, takeRows } from '@gnu-mlops/core';
import { applyCalibration, formatModel, parseModel, predictTable } from '@gnu-mlops/model';
import { describe, expect, it } from 'vitest';
import { fitCalibration } from '../../src/calibration/fit-calibration.ts';
import { evaluateModel } from '../../src/evaluate-model.ts';
import { chooseThreshold } from '../../src/evaluation/choose-threshold.ts';
import { predictOutOfFold } from '../../src/evaluation/predict-out-of-fold.ts';
import { type TrainRequest, trainModel } from '../../src/train-model.ts';
import { churnTable } from '../churn-table.ts';

const table = churnTable(600);
const request: TrainRequest = {
  table,
  target: 'left',
  algorithm: 'random_forest',
  hyperparameters: { n_estimators: 20 },
  testSize: 0.25,
  folds: 4,
  seed: 42,
};

/** What models that had not seen them say of the training rows of the request. */
async function unseenRows() {
  const { report } = await trainModel(request);
  const { testSize: _, ...rest } = request;
  const training = takeRows(table, report.split.train);
  const predictions = await predictOutOfFold({ ...rest, table: training });
  if (predictions.task !== 'classification') throw new Error('no classes');
  return predictions;
}

describe('trainModel with a calibration', () => {
  it.each(['sigmoid', 'isotonic'] as const)(
    'fits it on out-of-fold predictions of the training rows alone (%s)',
    async (method) => {
      const { model, report } = await trainModel({ ...request, calibration: method });
      const plain = await trainModel(request);
      expect(model.calibration).toEqual(fitCalibration({ ...(await unseenRows()), method }));
      expect(model.threshold).toBeUndefined();
      expect(model.estimator).toEqual(plain.model.estimator);
      expect(report.folds).toEqual(plain.report.folds);
      expect(report.calibration).toMatchObject({
        method,
        rows: 450,
        before: { brier: plain.report.metrics['brier'], logLoss: plain.report.metrics['log_loss'] },
        after: { brier: report.metrics['brier'], logLoss: report.metrics['log_loss'] },
      });
      const { before, after } = report.calibration!;
      for (const { curve } of [before, after]) {
        expect(curve.reduce((sum, { rowCount }) => sum + rowCount, 0)).toBe(150);
      }
    },
  );

  it('mends what is overconfident', async () => {
    // A tree that is grown out is certain of everything.
    const certain = { ...request, hyperparameters: { n_estimators: 2, max_depth: null } };
    const { report } = await trainModel({ ...certain, calibration: 'sigmoid' });
    const { before, after } = report.calibration!;
    expect(after.logLoss).toBeLessThan(before.logLoss / 2);
    expect(after.brier).toBeLessThan(before.brier);
    expect(after.calibrationError).toBeLessThan(before.calibrationError);
  });

  it('calibrates three classes, the most probable of which the curve is about', async () => {
    const inputs = takeColumns(table, ['tenure', 'charge', 'left', 'plan']);
    const { model, report } = await trainModel({
      ...request,
      table: inputs,
      target: 'plan',
      calibration: 'isotonic',
    });
    expect(model.calibration).toMatchObject({ classCount: 3 });
    const { probabilities } = predictTable(model, inputs) as { probabilities: Float64Array };
    for (let row = 0; row < 20; row++) {
      const shares = probabilities.subarray(3 * row, 3 * row + 3);
      expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    }
    expect(
      report.calibration!.after.curve.every(
        ({ meanProbability }) => meanProbability > 1 / 3 - 1e-9,
      ),
    ).toBe(true);
  });
});

describe('trainModel with a threshold', () => {
  it('chooses it on out-of-fold predictions, half way to the next lower score', async () => {
    const { model, report } = await trainModel({ ...request, threshold: 'f1' });
    const { actual, probabilities } = await unseenRows();
    const scores = probabilities.filter((_, i) => i % 2 === 1);
    const choice = chooseThreshold({ actual, scores, by: 'f1' });
    const lower = Math.max(...scores.filter((score) => score < choice.threshold));
    expect(model.threshold).toEqual({
      positiveClass: 'Yes',
      value: lower + (choice.threshold - lower) / 2,
    });
    expect(report.threshold).toMatchObject({
      ...model.threshold,
      chosenBy: 'f1',
      outOfFold: { criterion: choice.value, rows: 450, figures: choice.figures },
      heldOut: { f1: report.metrics['f1'], accuracy: report.metrics['accuracy'] },
    });
  });

  it('evaluates as the model decides, and the model survives its file', async () => {
    const { model, report } = await trainModel({
      ...request,
      calibration: 'sigmoid',
      threshold: { costs: { falsePositive: 1, falseNegative: 5 } },
    });
    const heldOut = takeRows(table, report.split.test);
    expect(evaluateModel(model, heldOut)).toEqual(report.evaluation);
    expect(evaluateModel(parseModel(formatModel(model)), heldOut)).toEqual(report.evaluation);
    expect(model.threshold!.value).toBeLessThan(0.4);
    const { falseNegatives } = report.threshold!.heldOut;
    expect(report.evaluation).toMatchObject({
      confusionMatrix: [
        [expect.any(Number), expect.any(Number)],
        [falseNegatives, expect.any(Number)],
      ],
    });
  });

  it('takes a number as it is, of the class that counts as positive, without any folds', async () => {
    const { model, report } = await trainModel({
      ...request,
      folds: 0,
      positiveClass: 'No',
      threshold: 0.7,
    });
    expect(model.threshold).toEqual({ positiveClass: 'No', value: 0.7 });
    expect(report.threshold).toMatchObject({ chosenBy: 'fixed' });
    expect(report.threshold).not.toHaveProperty('outOfFold');
    const predictions = predictTable(model, table) as {
      labels: Int32Array;
      probabilities: Float64Array;
    };
    const no = predictions.probabilities.filter((_, i) => i % 2 === 0);
    expect([...predictions.labels]).toEqual(Array.from(no, (p) => Number(p < 0.7)));
  });

  it('calls no row positive where that costs least', async () => {
    const costs = { falsePositive: 1000, falseNegative: 0.001 };
    const noise = createTable([
      ['x', { kind: 'numeric', values: Float64Array.from({ length: 100 }, (_, i) => i % 7) }],
      [
        'y',
        {
          kind: 'categorical',
          codes: Int32Array.from({ length: 100 }, (_, i) => i % 2),
          dictionary: ['a', 'b'],
        },
      ],
    ]);
    const { model, report } = await trainModel({
      ...request,
      table: noise,
      target: 'y',
      threshold: { costs },
    });
    expect(model.threshold!.value).toBe(2);
    expect(report.threshold!.heldOut).toMatchObject({ truePositives: 0, falsePositives: 0 });
    expect(parseModel(formatModel(model)).threshold).toEqual(model.threshold);
  });
});

describe('decisions in order of time', () => {
  it('are fitted on the rows that were tested', async () => {
    const timed = createTable([
      ...table.columns,
      ['day', { kind: 'integer', values: Float64Array.from({ length: 600 }, (_, row) => row) }],
    ]);
    const { model, report } = await trainModel({
      ...request,
      table: timed,
      timeColumn: 'day',
      calibration: 'sigmoid',
      threshold: 'youden',
    });
    expect(report.calibration!.rows).toBe(360);
    expect(report.threshold!.outOfFold!.rows).toBe(360);
    expect(model.calibration).toBeDefined();
  });
});

describe('decisions that cannot be made', () => {
  const numbers = { ...request, target: 'tenure', task: 'regression' };
  it.each([
    ['a calibration of numbers', { ...numbers, calibration: 'sigmoid' }, 'calibration'],
    ['a threshold of numbers', { ...numbers, threshold: 0.5 }, 'threshold'],
    ['a threshold of three classes', { ...request, target: 'plan', threshold: 'f1' }, 'threshold'],
    ['another method', { ...request, calibration: 'beta' }, 'calibration'],
    ['a threshold above 1', { ...request, threshold: 1.5 }, 'threshold'],
    ['another criterion', { ...request, threshold: 'auc' }, 'by'],
    ['a calibration without folds', { ...request, folds: 0, calibration: 'sigmoid' }, 'folds'],
    ['a choice without folds', { ...request, folds: 0, threshold: 'f1' }, 'folds'],
  ])('throws TRAINER_OPTION_INVALID for %s', async (_what, wanted, option) => {
    await expect(trainModel(wanted as TrainRequest)).rejects.toMatchObject({
      code: 'TRAINER_OPTION_INVALID',
      option,
    });
  });
});

it('keeps the calibrated log loss of the report what it is said to be', async () => {
  const { model, report } = await trainModel({ ...request, calibration: 'isotonic' });
  const { calibration: _, ...bare } = model;
  const heldOut = takeRows(table, report.split.test);
  const { probabilities } = predictTable(bare, heldOut) as { probabilities: Float64Array };
  const target = table.columns.get('left') as { readonly codes: Int32Array };
  const actual = report.split.test.map((row) => target.codes[row]!);
  const after = applyCalibration(model.calibration!, probabilities);
  expect(measureLogLoss(actual, after, 2)).toBe(report.metrics['log_loss']);
});
