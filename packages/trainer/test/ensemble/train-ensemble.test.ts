import { createRandom, createTable } from '@gnu-mlops/core';
import { formatModel, parseModel, predictTable } from '@gnu-mlops/model';
import { describe, expect, it } from 'vitest';
import { type TrainRequest, trainModel } from '../../src/train-model.ts';
import { churnTable } from '../churn-table.ts';

const table = churnTable(240);
const network = {
  algorithm: 'neural_network',
  hyperparameters: { hidden_layer_sizes: [8], learning_rate_init: 0.1, max_iter: 5 },
};
const boosted = { algorithm: 'lightgbm', hyperparameters: { num_iterations: 10 } };
const forest = { algorithm: 'random_forest', hyperparameters: { n_estimators: 10 } };
const shared = { table, target: 'left', testSize: 0.25, folds: 3, seed: 1 };

const requests: [name: string, request: TrainRequest][] = [
  [
    'a vote of trees and a network',
    { ...shared, algorithm: 'voting', hyperparameters: { estimators: [forest, network] } },
  ],
  [
    'a vote of trees alone',
    { ...shared, algorithm: 'voting', hyperparameters: { estimators: [forest, boosted] } },
  ],
  [
    'a stack that reads the features',
    {
      ...shared,
      algorithm: 'stacking',
      hyperparameters: { estimators: [boosted, network], passthrough: true, cv: 3 },
    },
  ],
  ['a network', { ...shared, ...network }],
];

describe('trainModel', () => {
  it.each(requests)('trains %s, missing cells and all, to the same bytes', async (_, request) => {
    const { model, report } = await trainModel(request, { threads: 1 });
    const again = await trainModel(request, { threads: 2 });
    const bytes = formatModel(model);
    expect(formatModel(again.model)).toEqual(bytes);
    expect(predictTable(parseModel(bytes), table)).toEqual(predictTable(model, table));
    expect(report.folds.length).toBe(3);
    expect(report.metrics['roc_auc']).toBeGreaterThan(0.6);
  });

  it('stacks by groups and by time: the final estimator learns from rows that were predicted', async () => {
    const stack = { ...requests[2]![1], folds: 0 };
    const byChance = await trainModel(stack);
    for (const column of [{ groupColumn: 'tenure' }, { timeColumn: 'tenure' }]) {
      const { model } = await trainModel({ ...stack, ...column });
      const bytes = formatModel(model);
      expect(predictTable(parseModel(bytes), table)).toEqual(predictTable(model, table));
      expect(bytes).not.toEqual(formatModel(byChance.model));
    }
  });

  it('keeps missing values for ensembles of trees, and fills them in for others', async () => {
    const steps = async (request: TrainRequest) => {
      const { model } = await trainModel({ ...request, folds: 0 });
      return model.recipe.steps.map(({ kind }) => kind);
    };
    expect(await steps(requests[0]![1])).toContain('impute');
    expect(await steps(requests[1]![1])).not.toContain('impute');
  });

  it('reports a network that was still learning, alone or in an ensemble', async () => {
    for (const [, request] of [requests[0]!, requests[3]!]) {
      const { report } = await trainModel({ ...request, folds: 0 });
      expect(report.findings).toContainEqual(
        expect.objectContaining({ check: 'fit_not_converged', severity: 'warning' }),
      );
    }
  });

  it('bears ten thousand categories', async () => {
    const rowCount = 12_000;
    const random = createRandom(3);
    const codes = Int32Array.from({ length: rowCount }, (__, row) => row % 10_000);
    const x = Float64Array.from({ length: rowCount }, () => random.nextNormal());
    const wide = createTable([
      ['x', { kind: 'numeric', values: x }],
      [
        'town',
        {
          kind: 'categorical',
          codes,
          dictionary: Array.from({ length: 10_000 }, (__, code) => `town ${code}`),
        },
      ],
      ['y', { kind: 'numeric', values: x.map((value) => 2 * value) }],
    ]);
    for (const [, request] of [requests[0]!, requests[3]!]) {
      const { report } = await trainModel({ ...request, table: wide, target: 'y', folds: 0 });
      expect(report.metrics['r2']).toBeGreaterThan(0.7);
    }
  });
});
