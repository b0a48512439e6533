import { createRandom, createTable } from '@gnu-mlops/core';
import { formatModel, parseModel, predictTable } from '@gnu-mlops/model';
import { describe, expect, it } from 'vitest';
import { trainModel } from '../src/train-model.ts';

function sampleTable(rowCount: number, seed: number, cities = 30) {
  const random = createRandom(seed);
  const shape = createRandom(2);
  const odds = Float64Array.from({ length: 40 }, () => 2 * shape.nextNormal());
  const city = Int32Array.from({ length: rowCount }, () => random.nextInt(cities));
  const plan = city.map((_, row) => (row % 19 === 0 ? -1 : random.nextInt(4)));
  const floor = Float64Array.from({ length: rowCount }, () => random.nextInt(5));
  const buys = city.map((code, row) =>
    Number(
      odds[code]! + (plan[row] === 2 ? 2 : 0) + (floor[row] === 3 ? 1 : 0) + random.nextNormal() >
        0,
    ),
  );
  const named = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, i) => `${prefix}${i}`);
  return createTable([
    ['city', { kind: 'categorical', codes: city, dictionary: named('city', 40) }],
    ['plan', { kind: 'categorical', codes: plan, dictionary: named('plan', 4) }],
    ['floor', { kind: 'numeric', values: floor }],
    ['buys', { kind: 'categorical', codes: buys, dictionary: ['no', 'yes'] }],
  ]);
}

const request = {
  table: sampleTable(3000, 7),
  target: 'buys',
  algorithm: 'lightgbm',
  testSize: 0.2,
  folds: 2,
  seed: 42,
};

describe('trainModel with categorical_feature', () => {
  it('leaves texts one-hot by default, and keeps all of them as categories with "auto"', async () => {
    const plain = await trainModel(request);
    const native = await trainModel({
      ...request,
      hyperparameters: { categorical_feature: 'auto' },
    });
    const kinds = native.model.recipe.features.map(({ name, kind }) => [name, kind]);
    expect(plain.model.recipe.features.length).toBeGreaterThan(30);
    expect(kinds).toContainEqual(['city', 'categorical']);
    expect(kinds).toContainEqual(['plan', 'categorical']);
    expect(kinds).toContainEqual(['floor', 'numeric']);
    expect(kinds.length).toBe(3);
    expect(native.report.metrics['roc_auc']).toBeGreaterThan(
      plain.report.metrics['roc_auc']! - 0.02,
    );
    expect(native.report.featureImportances[0]!.feature).toBe('city');
  });

  it('keeps the columns it names, numbers among them, in both dialects', async () => {
    for (const algorithm of ['lightgbm', 'xgboost']) {
      const { model } = await trainModel({
        ...request,
        algorithm,
        hyperparameters: { categorical_feature: ['city', 'floor'] },
      });
      const { estimator, recipe } = model;
      const categorical = recipe.features.filter(({ kind }) => kind === 'categorical');
      expect(categorical.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['city', 'floor']),
      );
      expect(categorical.length).toBe(2);
      expect(recipe.features.some(({ name }) => name.startsWith('plan='))).toBe(true);
      expect(estimator.kind === 'tree_ensemble' && estimator.categorySets).toBeTruthy();
    }
  });

  it('keeps a column of many texts that the default recipe would drop', async () => {
    const rows = request.table.rowCount;
    const codes = Int32Array.from({ length: rows }, (_, row) => row);
    const dictionary = Array.from(codes, (code) => `id-${code}`);
    const table = createTable([
      ['id', { kind: 'categorical', codes, dictionary }],
      ...request.table.columns,
    ]);
    const hyperparameters = { categorical_feature: ['id'], num_iterations: 3 };
    const { model } = await trainModel({ ...request, table, hyperparameters });
    expect(model.recipe.features.map(({ name }) => name)).toContain('id');
    expect(model.recipe.dropped.map(({ column }) => column)).not.toContain('id');
  });

  it('scores the same after saving and loading, unknown and missing categories included', async () => {
    const { model } = await trainModel({
      ...request,
      hyperparameters: { categorical_feature: 'auto' },
    });
    const other = sampleTable(500, 8, 40);
    const expected = predictTable(model, other);
    expect(predictTable(parseModel(formatModel(model)), other)).toEqual(expected);
  });

  it('names a column that is not there', async () => {
    const hyperparameters = { categorical_feature: ['town'] };
    const training = trainModel({ ...request, hyperparameters });
    await expect(training).rejects.toMatchObject({ code: 'PREPROCESS_STEP_COLUMN_NOT_FOUND' });
  });
});

describe('trainModel with validation rows', () => {
  const early = { early_stopping_round: 5, num_iterations: 300 };

  it('stops by them, in the folds as in the fit, and reports the best iteration', async () => {
    const validation = sampleTable(800, 9);
    const { report } = await trainModel({ ...request, hyperparameters: early, validation });
    expect(report.bestIteration).toBeGreaterThan(2);
    expect(report.bestIteration).toBeLessThan(300);
    const alone = await trainModel({ ...request, hyperparameters: early });
    expect(alone.report.bestIteration).not.toBe(report.bestIteration);
    expect(alone.report.folds).not.toEqual(report.folds);
  });

  it('throws TRAINER_CLASS_UNKNOWN for a class that no training row has', async () => {
    const { columns } = sampleTable(50, 9);
    const codes = new Int32Array(50);
    const buys = { kind: 'categorical', codes, dictionary: ['perhaps'] } as const;
    const validation = createTable([
      ...[...columns].filter(([name]) => name !== 'buys'),
      ['buys', buys],
    ]);
    const training = trainModel({ ...request, hyperparameters: early, validation });
    await expect(training).rejects.toMatchObject({ code: 'TRAINER_CLASS_UNKNOWN' });
  });
});
