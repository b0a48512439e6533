import { type Progress, columnNamed, createTable, dropColumns, takeRows } from '@gnu-mlops/core';
import { formatModel, parseModel, predictTable } from '@gnu-mlops/model';
import { fitRecipe } from '@gnu-mlops/preprocess';
import { describe, expect, it } from 'vitest';
import { evaluateModel } from '../src/evaluate-model.ts';
import { type TrainRequest, trainModel } from '../src/train-model.ts';
import { churnTable } from './churn-table.ts';

const request: TrainRequest = {
  table: churnTable(240),
  target: 'left',
  algorithm: 'random_forest',
  hyperparameters: { n_estimators: 20 },
  testSize: 0.25,
  folds: 4,
  seed: 42,
  dataDigest: 'feed',
  versions: { trainer: '1.2.3' },
};

describe('trainModel', () => {
  it('gives a model that knows where it comes from and what it reads', async () => {
    const { model, report } = await trainModel(request);
    expect(model.task).toBe('classification');
    expect(model.target).toEqual({ name: 'left', classes: ['No', 'Yes'] });
    expect(model.signature.inputs.map(({ name }) => name)).toEqual(['tenure', 'charge', 'plan']);
    expect(model.signature.outputs.map(({ name }) => name)).toEqual(['prediction', 'probability']);
    expect(model.provenance).toEqual({
      algorithm: 'random_forest',
      hyperparameters: report.hyperparameters,
      seed: 42,
      dataDigest: 'feed',
      trainingRows: 180,
      versions: { trainer: '1.2.3' },
      metrics: report.metrics,
    });
    expect(report.hyperparameters).toMatchObject({ n_estimators: 20, max_depth: 10 });
  });

  it('reports folds, held-out metrics, importances and warnings', async () => {
    const { report } = await trainModel(request);
    expect(report.rows).toEqual({ total: 240, train: 180, test: 60 });
    expect(report.folds.length).toBe(4);
    const accuracies = report.folds.map(({ metrics }) => metrics['accuracy']!);
    const mean = accuracies.reduce((a, b) => a + b) / 4;
    expect(report.foldMean['accuracy']).toBeCloseTo(mean, 12);
    const variance = accuracies.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4;
    expect(report.foldStd['accuracy']).toBeCloseTo(Math.sqrt(variance), 12);
    expect(report.metrics['roc_auc']).toBeGreaterThan(0.75);
    expect(report.featureImportances[0]!.feature).toBe('tenure');
    expect(
      report.featureImportances.reduce((sum, { importance }) => sum + importance, 0),
    ).toBeCloseTo(1);
    expect(report.findings.map(({ check, column }) => [check, column])).toEqual([
      ['column_identifier', 'id'],
    ]);
    expect(Object.values(report.durationsMs).every((ms) => ms >= 0)).toBe(true);
  });

  it('measures durations by the clock that it is given', async () => {
    let now = 0;
    const { report } = await trainModel(request, { now: () => (now += 10) });
    expect(report.durationsMs).toEqual({ crossValidation: 10, fit: 10, evaluation: 10 });
  });

  it('holds rows out by class and fits the recipe on the others alone', async () => {
    const { model, report } = await trainModel(request);
    const { train, test } = report.split;
    const all = [...train, ...test].toSorted((a, b) => a - b);
    expect(all).toEqual(Array.from({ length: 240 }, (_, row) => row));
    const shareOfYes = (rows: Int32Array) => {
      const column = columnNamed(takeRows(request.table, rows), 'left');
      return column.kind === 'categorical'
        ? column.codes.reduce((a, b) => a + b) / rows.length
        : NaN;
    };
    expect(shareOfYes(train)).toBeCloseTo(shareOfYes(test), 1);

    const spec = {
      steps: [
        { kind: 'drop', columns: ['id', 'plan'] },
        { kind: 'standard_scale', columns: ['tenure', 'charge'] },
      ],
    } as const;
    const scaled = await trainModel({ ...request, recipe: spec });
    expect(scaled.model.recipe).toEqual(
      fitRecipe(takeRows(request.table, train), spec, { target: 'left' }),
    );
    expect(model.recipe).not.toEqual(scaled.model.recipe);
  });

  it('does not learn from held-out rows: changing them changes nothing but the evaluation', async () => {
    const { model, report } = await trainModel({ ...request, folds: 0 });
    const shuffledTenure = columnNamed(request.table, 'tenure');
    if (shuffledTenure.kind !== 'integer') throw new Error('tenure is an integer column');
    const values = shuffledTenure.values.slice();
    for (const row of report.split.test) values[row] = 1000 + row;
    const table = createTable(
      [...request.table.columns].map(([name, column]) => [
        name,
        name === 'tenure' ? { kind: 'integer' as const, values } : column,
      ]),
    );
    const other = await trainModel({ ...request, table, folds: 0 });
    expect(other.model.estimator).toStrictEqual(model.estimator);
    expect(other.model.recipe).toEqual(model.recipe);
    expect(other.report.metrics).not.toEqual(report.metrics);
  });

  it('evaluates what the model predicts for the held-out rows of the raw table', async () => {
    const { model, report } = await trainModel(request);
    const heldOut = takeRows(request.table, report.split.test);
    expect(evaluateModel(model, heldOut)).toEqual(report.evaluation);
    expect(predictTable(model, dropColumns(heldOut, ['left'])).rowCount).toBe(60);
  });

  it('trains regression on the named features alone', async () => {
    const { model, report } = await trainModel({
      ...request,
      target: 'charge',
      table: takeRows(
        request.table,
        [...Array(240).keys()].filter((row) => row % 11 !== 5),
      ),
      features: ['plan', 'tenure'],
      algorithm: 'linear_regression',
      hyperparameters: {},
    });
    expect(model.task).toBe('regression');
    expect(model.target).toEqual({ name: 'charge' });
    expect(model.signature.inputs.map(({ name }) => name)).toEqual(['plan', 'tenure']);
    expect(report.metrics['r2']).toBeGreaterThan(0.9);
    expect(Object.keys(report.foldMean)).toEqual(Object.keys(report.metrics));
  });

  it('takes the task that is asked for', async () => {
    const { model } = await trainModel({
      ...request,
      target: 'tenure',
      task: 'regression',
      folds: 0,
    });
    expect(model.task).toBe('regression');
  });

  it('measures precision and recall of the positive class', async () => {
    const { report } = await trainModel({ ...request, positiveClass: 'No', folds: 0 });
    expect(report.evaluation).toMatchObject({ positiveClass: 'No' });
  });

  it.each(['random_forest', 'logistic_regression'])(
    'gives the same bytes for the same seed on any number of threads, and loads from them (%s)',
    async (algorithm) => {
      const once = { ...request, algorithm, hyperparameters: {}, folds: 0 };
      const [one, three] = await Promise.all(
        [1, 3].map((threads) => trainModel(once, { threads })),
      );
      const bytes = formatModel(one!.model);
      expect(formatModel(three!.model)).toEqual(bytes);
      const other = await trainModel({ ...once, seed: 43 });
      expect(formatModel(other.model)).not.toEqual(bytes);

      const table = dropColumns(request.table, ['left']);
      expect(predictTable(parseModel(bytes), table)).toEqual(predictTable(one!.model, table));
    },
  );

  it('skips the cross-validation with folds 0, and passes an out-of-bag score on', async () => {
    const { report } = await trainModel({
      ...request,
      folds: 0,
      hyperparameters: { oob_score: true },
    });
    expect(report).toMatchObject({ folds: [], foldMean: {}, foldStd: {} });
    expect(report.outOfBagScore).toBeGreaterThan(0.6);
  });

  it('tells its progress through folds and trees', async () => {
    const steps: Progress[] = [];
    await trainModel(request, { onProgress: (step) => steps.push(step) });
    expect(steps.slice(0, 4)).toEqual(
      [1, 2, 3, 4].map((done) => ({
        stage: 'cross-validate',
        done,
        total: 4,
        detail: `fold ${done} of 4`,
      })),
    );
    expect(steps.at(-1)).toEqual({ stage: 'train', done: 20, total: 20 });
  });

  it('throws TRAINER_CANCELLED between folds', async () => {
    const stopper = new AbortController();
    const training = trainModel(request, {
      signal: stopper.signal,
      onProgress: ({ done }) => (done === 2 ? stopper.abort() : undefined),
    });
    await expect(training).rejects.toMatchObject({ code: 'TRAINER_CANCELLED' });
  });

  it('throws TRAINER_TABLE_UNFIT with all findings', async () => {
    const table = createTable([
      ['x', { kind: 'numeric', values: Float64Array.of(1, 2, 3) }],
      ['y', { kind: 'categorical', codes: Int32Array.of(0, 0, 0), dictionary: ['only'] }],
    ]);
    const training = trainModel({ ...request, table, target: 'y' });
    await expect(training).rejects.toMatchObject({
      code: 'TRAINER_TABLE_UNFIT',
      findings: [expect.objectContaining({ check: 'target_constant', column: 'y' })],
    });
  });

  it('throws before any work when algorithm, hyperparameter or target are not there', async () => {
    const wrong: [Partial<TrainRequest>, string][] = [
      [{ algorithm: 'random_forrest' }, 'TRAINER_UNKNOWN_ALGORITHM'],
      [{ hyperparameters: { trees: 3 } }, 'TRAINER_UNKNOWN_HYPERPARAMETER'],
      [{ target: 'lef' }, 'TABLE_COLUMN_NOT_FOUND'],
      [{ features: ['tenur'] }, 'TABLE_COLUMN_NOT_FOUND'],
      [{ algorithm: 'ridge', hyperparameters: {} }, 'TRAINER_TASK_UNSUPPORTED'],
    ];
    for (const [change, code] of wrong) {
      await expect(trainModel({ ...request, ...change })).rejects.toMatchObject({ code });
    }
  });

  it('throws TRAINER_OPTION_INVALID for a number of threads that is none', async () => {
    await expect(trainModel(request, { threads: 0 })).rejects.toMatchObject({
      code: 'TRAINER_OPTION_INVALID',
      option: 'threads',
    });
  });
});
