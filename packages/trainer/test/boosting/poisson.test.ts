import { createRandom } from '@gnu-mlops/core';
import { predictMatrix } from '@gnu-mlops/model';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fitAlgorithm, fitEstimator } from '../../src/fit-algorithm.ts';
import { matrixFrom } from './boosting-data.ts';

const random = createRandom(21);
const rowCount = 4000;
const columns = Array.from({ length: 3 }, () =>
  Float64Array.from({ length: rowCount }, () => random.nextNormal()),
);
const rates = columns[0]!.map((a, row) => Math.exp(0.5 * a + (columns[1]![row]! > 0 ? 1 : 0)));
const values = rates.map(drawCount);
const request = {
  matrix: matrixFrom(columns),
  target: { task: 'regression', values } as const,
  seed: 1,
};
const dialects = [
  { algorithm: 'lightgbm', hyperparameters: { objective: 'poisson' } },
  { algorithm: 'xgboost', hyperparameters: { objective: 'count:poisson' } },
];

/** @see Knuth: how many uniform numbers it takes for their product to fall below e^-rate. */
function drawCount(rate: number): number {
  let count = 0;
  for (let product = random.nextFloat(); product > Math.exp(-rate); count++) {
    product *= random.nextFloat();
  }
  return count;
}

describe.each(dialects)('the Poisson objective of $algorithm', (dialect) => {
  afterEach(() => vi.unstubAllGlobals());

  it('comes close to the rates that the counts were drawn by', async () => {
    const estimator = await fitEstimator({ ...request, ...dialect });
    expect(estimator).toMatchObject({ link: 'exponential' });
    const expected = predictMatrix(estimator, request.matrix);
    expect(expected.every((count) => count > 0 && count < Infinity)).toBe(true);
    const error = (guess: (row: number) => number) =>
      rates.reduce((sum, rate, row) => sum + (Math.log(guess(row)) - Math.log(rate)) ** 2, 0);
    const mean = values.reduce((sum, value) => sum + value, 0) / rowCount;
    expect(error((row) => expected[row]!)).toBeLessThan(0.35 * error(() => mean));
  });

  it('makes the same trees on three threads and without WebAssembly', async () => {
    const alone = await fitEstimator({ ...request, ...dialect }, { threads: 1 });
    expect(await fitEstimator({ ...request, ...dialect }, { threads: 3 })).toStrictEqual(alone);
    vi.stubGlobal('WebAssembly', undefined);
    expect(await fitEstimator({ ...request, ...dialect }, { threads: 1 })).toStrictEqual(alone);
  });

  it('stops early by its own likelihood', async () => {
    const early = { early_stopping_rounds: 5, n_estimators: 300, learning_rate: 0.3 };
    const hyperparameters = { ...dialect.hyperparameters, ...early };
    const { bestIteration } = await fitAlgorithm({ ...request, ...dialect, hyperparameters });
    expect(bestIteration).toBeGreaterThan(2);
    expect(bestIteration).toBeLessThan(200);
  });

  it('throws TRAINER_INPUT_INVALID naming the row of a negative count', async () => {
    const target = { task: 'regression', values: values.with(6, -1) } as const;
    const fitting = fitEstimator({ ...request, ...dialect, target });
    await expect(fitting).rejects.toMatchObject({
      code: 'TRAINER_INPUT_INVALID',
      subject: 'target',
    });
    await expect(fitting).rejects.toThrow('The target of row 7 is -1');
  });

  it('throws TRAINER_INPUT_INVALID for counts that are all 0', async () => {
    const target = { task: 'regression', values: new Float64Array(rowCount) } as const;
    const fitting = fitEstimator({ ...request, ...dialect, target });
    await expect(fitting).rejects.toThrow('The target is 0 in every row');
  });
});

describe('max_delta_step', () => {
  it.each(['lightgbm', 'xgboost'])('bounds what a leaf of %s adds', async (algorithm) => {
    const hyperparameters = { max_delta_step: 0.2, learning_rate: 0.5, n_estimators: 3 };
    const estimator = await fitEstimator({ ...request, algorithm, hyperparameters });
    if (estimator.kind !== 'tree_ensemble') throw new Error('no trees');
    const largest = Math.max(...estimator.leafValues.map(Math.abs));
    expect(largest).toBeCloseTo(0.1, 12);
  });

  it('bounds the steps of count:poisson unless it is told not to', async () => {
    const fit = (more: object) =>
      fitEstimator({
        ...request,
        algorithm: 'xgboost',
        hyperparameters: { objective: 'count:poisson', learning_rate: 1, n_estimators: 1, ...more },
      });
    const leavesOf = (estimator: Awaited<ReturnType<typeof fit>>) =>
      estimator.kind === 'tree_ensemble' ? [...estimator.leafValues] : [];
    const bold = Math.max(
      ...leavesOf(await fit({ max_delta_step: 0, reg_lambda: 0 })).map(Math.abs),
    );
    const shy = Math.max(...leavesOf(await fit({ reg_lambda: 0 })).map(Math.abs));
    expect(shy).toBeLessThanOrEqual(0.7);
    expect(bold).toBeGreaterThan(0.7);
  });

  it('throws TRAINER_HYPERPARAMETER_INVALID for a base_score that no count has', async () => {
    const hyperparameters = { objective: 'count:poisson', base_score: 0 };
    const fitting = fitEstimator({ ...request, algorithm: 'xgboost', hyperparameters });
    await expect(fitting).rejects.toThrow('null or a number above 0');
  });
});
