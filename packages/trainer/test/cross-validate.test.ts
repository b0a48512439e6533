import { createTable } from '@gnu-mlops/core';
import { splitFolds } from '@gnu-mlops/preprocess';
import { describe, expect, it } from 'vitest';
import { crossValidate } from '../src/cross-validate.ts';
import { churnTable } from './churn-table.ts';

const request = {
  table: churnTable(200),
  target: 'left',
  algorithm: 'logistic_regression',
  folds: 5,
  seed: 3,
};

describe('crossValidate', () => {
  it('measures each fold on rows that it did not see, the same for the same seed', async () => {
    const folds = await crossValidate(request);
    expect(folds.length).toBe(5);
    for (const { metrics } of folds) {
      expect(Object.keys(metrics)).toContain('roc_auc');
      expect(metrics['accuracy']).toBeGreaterThan(0.5);
      expect(metrics['accuracy']).toBeLessThanOrEqual(1);
    }
    expect(await crossValidate(request)).toEqual(folds);
    expect(await crossValidate({ ...request, seed: 4 })).not.toEqual(folds);
  });

  it('finds no signal where there is none: nothing leaks from the rows that are measured', async () => {
    const noise = churnTable(300, 1);
    const labels = churnTable(300, 2).columns.get('left')!;
    const table = createTable([...noise.columns, ['coin', labels]]);
    const folds = await crossValidate({
      ...request,
      table: createTable([...table.columns].filter(([name]) => name !== 'left')),
      target: 'coin',
      algorithm: 'random_forest',
    });
    const mean = folds.reduce((sum, { metrics }) => sum + metrics['roc_auc']!, 0) / 5;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.1);
  });

  it('fits the recipe anew in each fold, on its training rows', async () => {
    const values = Float64Array.from({ length: 40 }, (_, row) => row * row);
    const folds = await crossValidate({
      table: createTable([
        ['x', { kind: 'numeric', values }],
        ['y', { kind: 'numeric', values: values.map((value) => value * 2) }],
      ]),
      target: 'y',
      algorithm: 'ridge',
      hyperparameters: { alpha: 5 },
      recipe: { steps: [{ kind: 'standard_scale', columns: ['x'] }] },
      folds: 4,
      seed: 1,
    });
    // With x scaled to variance 1 on the fold's own 30 training rows, and only then, ridge shrinks
    // the slope of 2 by exactly 30 / (30 + 5).
    splitFolds({ rowCount: 40, folds: 4, seed: 1 }).forEach(({ train, test }, fold) => {
      const mean = train.reduce((sum, row) => sum + values[row]!, 0) / 30;
      const squares = test.reduce((sum, row) => sum + (values[row]! - mean) ** 2, 0) / 10;
      expect(folds[fold]!.metrics['rmse']).toBeCloseTo(2 * (5 / 35) * Math.sqrt(squares), 8);
    });
  });

  it('throws TRAINER_TABLE_UNFIT for a table that cannot be trained on', async () => {
    const table = churnTable(0);
    await expect(crossValidate({ ...request, table })).rejects.toMatchObject({
      code: 'TRAINER_TABLE_UNFIT',
    });
  });
});
