import type { JsonObject } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { crossValidate } from '../../src/cross-validate.ts';
import { searchHyperparameters } from '../../src/search/search-hyperparameters.ts';
import type { SearchRequest } from '../../src/search/search-request.ts';
import type { Trial } from '../../src/search/trial.ts';
import { trainModel } from '../../src/train-model.ts';
import { churnTable } from '../churn-table.ts';

const table = churnTable(300);

const request: SearchRequest = {
  table,
  target: 'left',
  features: ['tenure', 'charge', 'plan'],
  algorithm: 'random_forest',
  hyperparameters: { n_estimators: 8, min_samples_leaf: 2 },
  space: {
    max_depth: { kind: 'int', low: 1, high: 8 },
    max_features: { kind: 'float', low: 0.2, high: 1 },
  },
  trials: 16,
  folds: 3,
  seed: 3,
};

const numbersOf = (trials: readonly Trial[]) => trials.map(({ number }) => number);

describe('searchHyperparameters', () => {
  it('tries so many sets of hyperparameters and gives the best completed one', async () => {
    const { best, trials, metric, direction } = await searchHyperparameters(request);
    expect(numbersOf(trials)).toEqual(Array.from({ length: 16 }, (_, number) => number));
    expect({ metric, direction }).toEqual({ metric: 'roc_auc', direction: 'maximize' });
    const completed = trials.filter(({ state }) => state === 'COMPLETE');
    expect(best.value).toBe(Math.max(...completed.map(({ value }) => value!)));
    expect(trials.some(({ state }) => state === 'PRUNED')).toBe(true);
  });

  it('measures a trial as a cross-validation with its hyperparameters does', async () => {
    const { best } = await searchHyperparameters(request);
    const folds = await crossValidate({
      ...request,
      hyperparameters: { ...request.hyperparameters, ...best.hyperparameters },
    });
    expect(best.foldValues).toEqual(folds.map(({ metrics }) => metrics['roc_auc']));
  });

  it('never sees the rows that a training with the same share and seed holds out', async () => {
    const { best } = await searchHyperparameters({ ...request, testSize: 0.25 });
    const { report } = await trainModel({
      ...request,
      testSize: 0.25,
      hyperparameters: { ...request.hyperparameters, ...best.hyperparameters },
    });
    expect(best.foldValues).toEqual(report.folds.map(({ metrics }) => metrics['roc_auc']));
  });

  it('gives the same trials each time, on worker threads too, and others for another seed', async () => {
    const drawn: SearchRequest = {
      ...request,
      sampler: { kind: 'random' },
      pruner: { kind: 'none' },
      trials: 6,
    };
    const alone = await searchHyperparameters(drawn);
    expect(await searchHyperparameters(drawn)).toEqual(alone);
    expect(await searchHyperparameters(drawn, { concurrency: 2 })).toEqual(alone);
    const other = await searchHyperparameters({ ...drawn, samplerSeed: 4 });
    expect(other.trials.map(({ hyperparameters }) => hyperparameters)).not.toEqual(
      alone.trials.map(({ hyperparameters }) => hyperparameters),
    );
  }, 180_000);

  it('goes on from a history to what the whole search gives', async () => {
    const whole = await searchHyperparameters(request);
    const started: number[] = [];
    const history = whole.trials.slice(0, 11);
    const resumed = await searchHyperparameters(
      { ...request, history },
      { onTrialStart: ({ number }) => void started.push(number) },
    );
    expect(resumed).toEqual(whole);
    expect(started).toEqual([11, 12, 13, 14, 15]);
  });

  it('tells of progress, the history counted in', async () => {
    const { trials } = await searchHyperparameters({ ...request, trials: 3 });
    const told: string[] = [];
    await searchHyperparameters(
      { ...request, trials: 4, history: trials },
      {
        onProgress: ({ stage, done, total, detail }) =>
          void told.push(`${stage} ${done}/${total} ${detail}`),
      },
    );
    expect(told).toEqual(['search 4/4 trial 4: COMPLETE']);
  });

  it('tries every combination of a grid, and ends there', async () => {
    const { trials } = await searchHyperparameters({
      ...request,
      sampler: { kind: 'grid' },
      space: {
        max_depth: { kind: 'int', low: 2, high: 4 },
        criterion: { kind: 'categorical', values: ['gini', 'entropy'] },
      },
    });
    expect(new Set(trials.map(({ hyperparameters }) => JSON.stringify(hyperparameters))).size).toBe(
      6,
    );
    expect(trials).toHaveLength(6);
  });

  it('minimises rmse of numbers unless told otherwise, in the default space of the algorithm', async () => {
    const { metric, direction, trials, space } = await searchHyperparameters({
      table,
      target: 'tenure',
      features: ['charge', 'plan'],
      task: 'regression',
      algorithm: 'ridge',
      trials: 6,
      folds: 3,
      seed: 1,
    });
    expect({ metric, direction }).toEqual({ metric: 'rmse', direction: 'minimize' });
    expect(Object.keys(space)).toEqual(['alpha']);
    expect(trials).toHaveLength(6);
  });

  it('keeps the reason of a failed trial, and throws TRAINER_SEARCH_FRUITLESS when all fail', async () => {
    const failing: SearchRequest = {
      ...request,
      algorithm: 'logistic_regression',
      hyperparameters: { max_iter: 1 },
      space: { C: { kind: 'float', low: 50, high: 100 } },
      trials: 3,
    };
    const failed: Trial[] = [];
    await expect(
      searchHyperparameters(failing, { onTrial: (trial) => void failed.push(trial) }),
    ).rejects.toMatchObject({ code: 'TRAINER_SEARCH_FRUITLESS' });
    expect(failed.map(({ state, error }) => [state, error!.code])).toEqual(
      Array.from({ length: 3 }, () => ['FAIL', 'TRAINER_NOT_CONVERGED']),
    );
  });

  it.each([1, 2])(
    'throws TRAINER_CANCELLED when the signal aborts, %i at a time',
    async (concurrency) => {
      const controller = new AbortController();
      await expect(
        searchHyperparameters(request, {
          concurrency,
          signal: controller.signal,
          onTrial: ({ number }) => void (number === 3 && controller.abort()),
        }),
      ).rejects.toMatchObject({ code: 'TRAINER_CANCELLED' });
    },
  );

  it('lets a searched hyperparameter replace a fixed one', async () => {
    const seen: JsonObject[] = [];
    await searchHyperparameters(
      {
        ...request,
        hyperparameters: { n_estimators: 5, max_depth: 3 },
        space: { max_depth: { kind: 'int', low: 5, high: 6 } },
        trials: 2,
      },
      { onTrial: ({ hyperparameters }) => void seen.push(hyperparameters) },
    );
    for (const { max_depth } of seen) expect([5, 6]).toContain(max_depth);
  });

  it.each<[string, Partial<SearchRequest>, string]>([
    ['a metric of another task', { metric: 'rmse' }, 'TRAINER_OPTION_INVALID'],
    ['no trials', { trials: 0 }, 'TRAINER_OPTION_INVALID'],
    ['a grid of no points', { sampler: { kind: 'grid', points: 0 } }, 'TRAINER_OPTION_INVALID'],
    [
      'an unknown hyperparameter',
      { space: { max_dept: { kind: 'int', low: 1, high: 2 } } },
      'TRAINER_UNKNOWN_HYPERPARAMETER',
    ],
    [
      'no space at all',
      { algorithm: 'logistic_regression', hyperparameters: {}, space: {} },
      'TRAINER_HYPERPARAMETER_SPACE_INVALID',
    ],
    [
      'a range that ends before it begins',
      { space: { max_depth: { kind: 'int', low: 5, high: 2 } } },
      'TRAINER_HYPERPARAMETER_SPACE_INVALID',
    ],
    [
      'a choice among no values',
      { space: { criterion: { kind: 'categorical', values: [] } } },
      'TRAINER_HYPERPARAMETER_SPACE_INVALID',
    ],
  ])('refuses %s before the first trial', async (_, changes, code) => {
    const started: number[] = [];
    await expect(
      searchHyperparameters(
        { ...request, ...changes },
        { onTrialStart: ({ number }) => void started.push(number) },
      ),
    ).rejects.toMatchObject({ code });
    expect(started).toEqual([]);
  });
});
