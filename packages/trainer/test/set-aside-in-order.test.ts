import { createRandom } from '@gnu-mlops/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FitRequest, fitEstimator } from '../src/fit-algorithm.ts';
import { setAsideInOrder } from '../src/set-aside-in-order.ts';
import { takeTrainingRows } from '../src/take-training-rows.ts';
import { trainModel } from '../src/train-model.ts';
import type { TrainingSet } from '../src/training-set.ts';
import { churnTable } from './churn-table.ts';
import { matrixOf } from './matrix-of.ts';

const how = { algorithm: 'lightgbm', share: 0.2, seed: 3 };

/** Rows of two classes in turn, to learn from one number. */
function setOf(rowCount: number, order: Pick<TrainingSet, 'groups' | 'times'>): TrainingSet {
  const random = createRandom(5);
  const values = Array.from({ length: rowCount }, () => random.nextNormal());
  return {
    matrix: matrixOf([values, values.map((value) => value * random.nextFloat())]),
    target: {
      task: 'classification',
      labels: Int32Array.from(values, (value, row) => (value > 1.5 ? 1 : row % 2)),
      classCount: 2,
    },
    weights: new Float64Array(rowCount).fill(1),
    seed: 11,
    ...order,
  };
}

describe('setAsideInOrder', () => {
  it('never has rows of one group on both sides', () => {
    const codes = fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 12, maxLength: 80 });
    fc.assert(
      fc.property(codes, fc.double({ min: 0.05, max: 0.6, noNaN: true }), (given, share) => {
        const groups = Int32Array.from([...given, 20, 20, 21, 21, 22, 22, 23, 23]);
        const { train, test } = setAsideInOrder(setOf(groups.length, { groups }), {
          ...how,
          share,
        })!;
        const held = new Set(Array.from(test, (row) => groups[row]));
        expect(train.length * test.length).toBeGreaterThan(0);
        expect(train.length + test.length).toBe(groups.length);
        expect(train.some((row) => held.has(groups[row]))).toBe(false);
      }),
    );
  });

  it('sets the latest rows aside', () => {
    const days = fc.uniqueArray(fc.integer({ min: -500, max: 500 }), { minLength: 12 });
    fc.assert(
      fc.property(days, (given) => {
        const times = Float64Array.from(given);
        const { train, test } = setAsideInOrder(setOf(times.length, { times }), how)!;
        expect(test.length).toBe(Math.ceil(0.2 * times.length));
        const latest = Math.max(...Array.from(train, (row) => times[row]!));
        expect(test.every((row) => times[row]! > latest)).toBe(true);
      }),
    );
  });

  it('leaves rows that have neither to whoever asks', () => {
    expect(setAsideInOrder(setOf(20, {}), how)).toBeUndefined();
  });

  it('throws TRAINER_HYPERPARAMETER_INVALID where one class would be left to learn from', () => {
    const set = setOf(10, { times: Float64Array.from({ length: 10 }, (_, row) => row) });
    const labels = Int32Array.from({ length: 10 }, (_, row) => Number(row > 8));
    const late = { ...set, target: { task: 'classification', labels, classCount: 2 } as const };
    expect(() => setAsideInOrder(late, how)).toThrow(
      'where the latest rows are set aside, the others are all of class "0"',
    );
  });
});

const stopping: Record<string, FitRequest['hyperparameters'] & object> = {
  lightgbm: { num_iterations: 60, early_stopping_round: 3, validation_fraction: 0.3 },
  xgboost: { n_estimators: 60, early_stopping_rounds: 3, validation_fraction: 0.3 },
  neural_network: {
    hidden_layer_sizes: [3],
    early_stopping: true,
    validation_fraction: 0.3,
    max_iter: 15,
  },
};

describe.each(Object.keys(stopping))('%s that stops early', (algorithm) => {
  const hyperparameters = stopping[algorithm]!;
  const rowCount = 240;
  const groups = Int32Array.from({ length: rowCount }, (_, row) => row % 30);
  const times = Float64Array.from({ length: rowCount }, (_, row) => (row * 7919) % 1009);

  it('stops by the latest rows, as if they had been given', async () => {
    const set = setOf(rowCount, { times });
    const { train, test } = setAsideInOrder(set, { algorithm, share: 0.3, seed: 0 })!;
    const held = await fitEstimator({ ...set, algorithm, hyperparameters });
    const given = await fitEstimator({
      ...takeTrainingRows(set, train),
      validation: takeTrainingRows(set, test),
      seed: set.seed,
      algorithm,
      hyperparameters,
    });
    expect(held).toStrictEqual(given);
  });

  it('stops by other rows where these have groups', async () => {
    const { groups: _, ...loose } = setOf(rowCount, { groups });
    const request = { ...loose, algorithm, hyperparameters };
    const byGroups = await fitEstimator({ ...request, groups });
    expect(byGroups).toStrictEqual(await fitEstimator({ ...request, groups: groups.slice() }));
    expect(byGroups).not.toEqual(await fitEstimator(request));
  });

  it('goes by the groups and times of the rows that a training leaves it', async () => {
    const table = churnTable(300);
    const request = { table, target: 'left', testSize: 0.2, folds: 3, seed: 2 };
    for (const column of [{ groupColumn: 'tenure' }, { timeColumn: 'tenure' }]) {
      const { report } = await trainModel({ ...request, ...column, algorithm, hyperparameters });
      expect(report.bestIteration).toBeGreaterThan(0);
    }
  });
});

describe('fitEstimator', () => {
  it('throws TRAINER_INPUT_INVALID for groups and times that do not fit the rows', async () => {
    const request = { ...setOf(20, {}), algorithm: 'random_forest' };
    const wrong = [
      { groups: new Int32Array(19) },
      { times: new Float64Array(21) },
      { groups: Int32Array.from({ length: 20 }, (_, row) => row - 3) },
      { times: Float64Array.from({ length: 20 }, (_, row) => (row === 3 ? NaN : row)) },
      { groups: new Int32Array(20), times: new Float64Array(20) },
    ];
    for (const order of wrong) {
      await expect(fitEstimator({ ...request, ...order })).rejects.toMatchObject({
        code: 'TRAINER_INPUT_INVALID',
        subject: Object.keys(order)[0],
      });
    }
  });
});
