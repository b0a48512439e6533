import { type JsonObject, createRandom } from '@gnu-mlops/core';
import { type NeuralNetwork, predictMatrix } from '@gnu-mlops/model';
import { describe, expect, it } from 'vitest';
import { fitAlgorithm } from '../../src/fit-algorithm.ts';
import type { ClassTarget, TrainingTarget } from '../../src/training-set.ts';
import { matrixOf } from '../matrix-of.ts';

const rowCount = 400;
const random = createRandom(5);
const columns = [0, 1].map(() => Array.from({ length: rowCount }, () => random.nextNormal()));
const matrix = matrixOf(columns);
const [x, y] = columns as [number[], number[]];

/** Which of two points of opposite corners: no line parts them. */
const corners: TrainingTarget = {
  task: 'classification',
  labels: Int32Array.from(x, (value, row) => Number(value * y[row]! > 0)),
  classCount: 2,
};
const curve: TrainingTarget = {
  task: 'regression',
  values: Float64Array.from(x, (value, row) => 1e6 + 1e5 * (value * value - y[row]!)),
};

/** The rows so many times over. */
function repeated(times: number) {
  const repeat = (values: ArrayLike<number>) =>
    Array.from({ length: times * rowCount }, (_, row) => values[row % rowCount]!);
  return {
    rowCount: times * rowCount,
    columns: columns.map((column) => Float64Array.from(repeat(column))),
    labels: Int32Array.from(repeat((corners as ClassTarget).labels)),
  };
}

const fit = (target: TrainingTarget, hyperparameters: JsonObject) =>
  fitAlgorithm({ algorithm: 'neural_network', hyperparameters, matrix, target, seed: 1 });

describe('neural_network', () => {
  it('learns what no line can part', async () => {
    const { estimator } = await fit(corners, {
      hidden_layer_sizes: [16],
      learning_rate_init: 0.01,
    });
    const outputs = predictMatrix(estimator, matrix);
    const right =
      corners.task === 'classification' &&
      corners.labels.filter((label, row) => {
        return Number(outputs[2 * row + 1]! > 0.5) === label;
      });
    expect((right as Int32Array).length).toBeGreaterThan(0.95 * rowCount);
  });

  it('learns numbers in any unit, and gives them in it', async () => {
    const settings = { hidden_layer_sizes: [16, 8], activation: 'tanh', learning_rate_init: 0.01 };
    const { estimator } = await fit(curve, settings);
    const { values } = curve as { values: Float64Array };
    const scaled = { task: 'regression', values: values.map((value) => value / 1e6) } as const;
    const same = await fit(scaled, settings);
    const outputs = predictMatrix(estimator, matrix);
    predictMatrix(same.estimator, matrix).forEach((value, row) => {
      expect(value * 1e6).toBeCloseTo(outputs[row]!, 0);
    });
    const mean = values.reduce((sum, value) => sum + value, 0) / rowCount;
    const squares = (of: (row: number) => number) =>
      values.reduce((sum, value, row) => sum + (value - of(row)) ** 2, 0);
    expect(1 - squares((row) => outputs[row]!) / squares(() => mean)).toBeGreaterThan(0.97);
  });

  it('warns where its epochs are over before its gains, and not where they are not', async () => {
    const short = await fit(corners, { hidden_layer_sizes: [4], max_iter: 3 });
    expect(short.findings).toEqual([
      expect.objectContaining({ severity: 'warning', check: 'fit_not_converged' }),
    ]);
    const long = await fit(corners, {
      hidden_layer_sizes: [4],
      learning_rate_init: 0.05,
      tol: 0.01,
    });
    expect(long.findings ?? []).toEqual([]);
  });

  it('keeps the epoch that did best on held-out rows', async () => {
    const { bestIteration, estimator } = await fit(corners, {
      hidden_layer_sizes: [16],
      learning_rate_init: 0.01,
      early_stopping: true,
    });
    expect(bestIteration).toBeGreaterThan(1);
    const again = await fitAlgorithm({
      algorithm: 'neural_network',
      hyperparameters: {
        hidden_layer_sizes: [16],
        learning_rate_init: 0.01,
        early_stopping: true,
        max_iter: bestIteration!,
      },
      matrix,
      target: corners,
      seed: 1,
    });
    expect(again.estimator).toEqual(estimator);
  });

  it('stops by the validation rows that it is given', async () => {
    const flipped = {
      ...corners,
      labels: (corners as { labels: Int32Array }).labels.map((label) => 1 - label),
    } as TrainingTarget;
    const request = {
      algorithm: 'neural_network',
      hyperparameters: { early_stopping: true, hidden_layer_sizes: [8], learning_rate_init: 0.01 },
      matrix,
      target: corners,
      seed: 1,
    };
    const agreeing = await fitAlgorithm({ ...request, validation: { matrix, target: corners } });
    const opposing = await fitAlgorithm({ ...request, validation: { matrix, target: flipped } });
    expect(opposing.bestIteration!).toBeLessThan(agreeing.bestIteration!);
  });

  it('is a linear model without hidden layers, and takes one size for a list of one', async () => {
    const none = await fit(curve, { hidden_layer_sizes: [], max_iter: 5 });
    expect((none.estimator as NeuralNetwork).layerSizes).toEqual(Int32Array.of(2, 1));
    const one = await fit(curve, { hidden_layer_sizes: 7, max_iter: 5 });
    expect((one.estimator as NeuralNetwork).layerSizes).toEqual(Int32Array.of(2, 7, 1));
  });

  it('throws TRAINER_DIVERGED naming the epoch where steps are too long', async () => {
    const fitting = fit(curve, { activation: 'identity', learning_rate_init: 1e200 });
    await expect(fitting).rejects.toMatchObject({ code: 'TRAINER_DIVERGED' });
  });

  it('stops between batches when its signal aborts', async () => {
    const aborter = new AbortController();
    const fitting = fitAlgorithm(
      {
        algorithm: 'neural_network',
        hyperparameters: { max_iter: 100_000, n_iter_no_change: 100_000 },
        matrix,
        target: corners,
        seed: 1,
      },
      { signal: aborter.signal, onProgress: ({ done }) => done === 3 && aborter.abort() },
    );
    await expect(fitting).rejects.toMatchObject({ code: 'TRAINER_CANCELLED' });
  });

  it('stops while it scores held-out rows when its signal aborts', async () => {
    const aborter = new AbortController();
    const many = { ...matrix, ...repeated(100) };
    const epochs: number[] = [];
    const fitting = fitAlgorithm(
      {
        algorithm: 'neural_network',
        hyperparameters: { hidden_layer_sizes: [400], max_iter: 1, early_stopping: true },
        matrix,
        target: corners,
        validation: { matrix: many, target: { ...corners, labels: many.labels } as TrainingTarget },
        seed: 1,
      },
      { signal: aborter.signal, onProgress: ({ done }) => epochs.push(done) },
    );
    setImmediate(() => aborter.abort());
    await expect(fitting).rejects.toMatchObject({ code: 'TRAINER_CANCELLED' });
    expect(epochs).toEqual([]);
  });

  it('stops while it measures importances when its signal aborts', async () => {
    const aborter = new AbortController();
    const fitting = fitAlgorithm(
      {
        algorithm: 'neural_network',
        hyperparameters: { hidden_layer_sizes: [200, 200], max_iter: 1 },
        matrix,
        target: corners,
        seed: 1,
      },
      { signal: aborter.signal, onProgress: () => aborter.abort() },
    );
    await expect(fitting).rejects.toMatchObject({ code: 'TRAINER_CANCELLED' });
  });

  it.each([[[100_000, 100_000]], [[1e9]], [1e15]])(
    'throws TRAINER_MEMORY_EXCEEDED for hidden layers of %j units, before it takes any',
    async (hidden_layer_sizes) => {
      const fitting = fit(corners, { hidden_layer_sizes });
      await expect(fitting).rejects.toMatchObject({ code: 'TRAINER_MEMORY_EXCEEDED' });
      await expect(fitting).rejects.toThrow(
        /400 rows x 2 features .* choose fewer hidden units or a smaller batch_size/,
      );
    },
  );

  it.each([2 ** 700, 2 ** -700])('learns numbers in units of %d to the same bits', async (unit) => {
    const settings = { hidden_layer_sizes: [4], max_iter: 3 };
    const { values } = curve as { values: Float64Array };
    const scaled = { task: 'regression', values: values.map((value) => value * unit) } as const;
    const plain = predictMatrix((await fit(curve, settings)).estimator, matrix);
    const outputs = predictMatrix((await fit(scaled, settings)).estimator, matrix);
    expect(outputs).toEqual(plain.map((value) => value * unit));
  });

  it.each([
    ['hidden_layer_sizes', [10, 0]],
    ['activation', 'swish'],
    ['solver', 'lbfgs'],
    ['batch_size', 0],
    ['beta_2', 1],
    ['early_stopping', 1],
  ])('refuses %s = %j', async (name, value) => {
    await expect(fit(corners, { [name]: value })).rejects.toMatchObject({
      code: 'TRAINER_HYPERPARAMETER_INVALID',
      hyperparameter: name,
    });
  });
});
