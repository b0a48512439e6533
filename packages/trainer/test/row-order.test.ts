import { createRandom, createTable } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { crossValidate } from '../src/cross-validate.ts';
import { predictOutOfFold } from '../src/evaluation/predict-out-of-fold.ts';
import { dealFolds } from '../src/deal-folds.ts';
import { openLearningTask } from '../src/learning-request.ts';
import { searchHyperparameters } from '../src/search/search-hyperparameters.ts';
import { type TrainRequest, trainModel } from '../src/train-model.ts';

/** 60 customers with 5 rows each, whose label depends on the customer alone, not on the number x. */
function visits(rowCount = 300) {
  const random = createRandom(3);
  const customers = Array.from({ length: rowCount }, (_, row) => Math.floor(row / 5));
  const taste = Float64Array.from({ length: Math.ceil(rowCount / 5) }, random.nextNormal);
  const label = Int32Array.from({ length: taste.length }, () => random.nextInt(2));
  return createTable([
    ['x', { kind: 'numeric', values: Float64Array.from(customers, (who) => taste[who]!) }],
    ['customer', { kind: 'integer', values: Float64Array.from(customers) }],
    [
      'day',
      { kind: 'timestamp', values: Float64Array.from(customers, (_, row) => (row * 7919) % 1009) },
    ],
    [
      'bought',
      {
        kind: 'categorical',
        codes: Int32Array.from(customers, (who) => label[who]!),
        dictionary: ['no', 'yes'],
      },
    ],
  ]);
}

const table = visits();
const request: TrainRequest = {
  table,
  target: 'bought',
  algorithm: 'random_forest',
  hyperparameters: { n_estimators: 10 },
  testSize: 0.2,
  folds: 4,
  seed: 7,
};
const valuesOf = (name: string) =>
  (table.columns.get(name) as { readonly values: Float64Array }).values;

describe('a training with a group column', () => {
  it('shares no group between training and held-out rows, nor within a fold', async () => {
    const grouped = { ...request, groupColumn: 'customer' };
    const customers = valuesOf('customer');
    const { model, report } = await trainModel(grouped);
    const { task } = openLearningTask(grouped);
    const splits = [report.split, ...dealFolds(task, report.split.train, 4)];
    for (const { train, test } of splits) {
      const tested = new Set(Array.from(test, (row) => customers[row]));
      expect(test.length).toBeGreaterThan(0);
      expect(Array.from(train).some((row) => tested.has(customers[row]!))).toBe(false);
    }
    expect(model.signature.inputs.map(({ name }) => name)).toEqual(['x', 'day']);
  });

  it('finds no signal where rows of one customer give each other away', async () => {
    const mean = async (columns: object) => {
      const folds = await crossValidate({ ...request, features: ['x'], ...columns });
      return folds.reduce((sum, { metrics }) => sum + metrics['roc_auc']!, 0) / folds.length;
    };
    expect(await mean({})).toBeGreaterThan(0.9);
    expect(await mean({ groupColumn: 'customer' })).toBeLessThan(0.7);
  });

  it('learns from the group column where it is told to', async () => {
    const features = ['x', 'customer'];
    const { model } = await trainModel({ ...request, groupColumn: 'customer', features });
    expect(model.signature.inputs.map(({ name }) => name)).toEqual(features);
  });
});

describe('a training with a time column', () => {
  it('holds the latest rows out and tests every fold on later rows', async () => {
    const timed = { ...request, timeColumn: 'day' };
    const days = valuesOf('day');
    const { model, report } = await trainModel(timed);
    const { task } = openLearningTask(timed);
    for (const { train, test } of [report.split, ...dealFolds(task, report.split.train, 4)]) {
      const latest = Math.max(...Array.from(train, (row) => days[row]!));
      const earliest = Math.min(...Array.from(test, (row) => days[row]!));
      expect(earliest).toBeGreaterThan(latest);
    }
    expect(report.rows).toEqual({ total: 300, train: 240, test: 60 });
    expect(model.signature.inputs.map(({ name }) => name)).toEqual(['x', 'customer']);
  });

  it('predicts all rows but those of the first stretch out of fold', async () => {
    const predictions = await predictOutOfFold({ ...request, timeColumn: 'day', folds: 4 });
    if (predictions.task !== 'classification') throw new Error('not classes');
    const { rows, actual, probabilities, classes } = predictions;
    const days = valuesOf('day');
    const first = [...days.keys()].filter((row) => !rows.includes(row));
    expect(rows.length).toBe(240);
    expect(probabilities.length).toBe(240 * classes.length);
    expect(Math.max(...first.map((row) => days[row]!))).toBeLessThan(
      Math.min(...Array.from(rows, (row) => days[row]!)),
    );
    const target = table.columns.get('bought') as { readonly codes: Int32Array };
    expect(actual).toEqual(rows.map((row) => target.codes[row]!));
  });
});

describe('a search with a group column', () => {
  it('measures a trial on the folds of a cross-validation with it', async () => {
    const { testSize: _, ...grouped } = { ...request, groupColumn: 'customer' };
    const { best } = await searchHyperparameters({
      ...grouped,
      space: { max_depth: { kind: 'int', low: 3, high: 3 } },
      trials: 1,
    });
    const measured = await crossValidate({
      ...grouped,
      hyperparameters: { n_estimators: 10, max_depth: 3 },
    });
    const mean = measured.reduce((sum, { metrics }) => sum + metrics['roc_auc']!, 0) / 4;
    expect(best.value).toBeCloseTo(mean, 12);
  });
});

describe('columns to split by', () => {
  it.each([
    ['both of them', { groupColumn: 'customer', timeColumn: 'day' }, 'TRAINER_OPTION_INVALID'],
    ['the target', { groupColumn: 'bought' }, 'TRAINER_OPTION_INVALID'],
    ['one that is not there', { groupColumn: 'custmer' }, 'COLUMN_NOT_FOUND'],
    ['text as a time', { timeColumn: 'name' }, 'PREPROCESS_SPLIT_INVALID'],
  ])('throws a coded error on %s', async (_what, columns, code) => {
    const named = createTable([
      ...table.columns,
      ['name', { kind: 'text', values: Array.from({ length: 300 }, () => 'a') }],
    ]);
    await expect(trainModel({ ...request, table: named, ...columns })).rejects.toMatchObject({
      code: expect.stringContaining(code),
    });
  });
});
