import type { LinearEstimator } from '@gnu-mlops/model';
import { describe, expect, it } from 'vitest';
import { fitAlgorithm, fitEstimator } from '../../src/fit-algorithm.ts';
import { linearRegression } from '../../src/linear/linear-regression.ts';
import { readScikitLearnReference } from '../fixtures/scikit-learn.ts';
import { matrixOf } from '../matrix-of.ts';

const { linear } = readScikitLearnReference();

describe('linear_regression and ridge', () => {
  for (const { algorithm, data, hyperparameters, coefficients, intercept } of linear.cases) {
    it(`${algorithm} equals scikit-learn's on ${data} data with ${JSON.stringify(hyperparameters)}`, async () => {
      const { features, values, weights } = linear[data];
      const estimator = (await fitEstimator({
        algorithm,
        hyperparameters,
        matrix: matrixOf(features),
        target: { task: 'regression', values: Float64Array.from(values) },
        weights: Float64Array.from(weights),
        seed: 0,
      })) as LinearEstimator;
      estimator.coefficients.forEach((value, j) => expect(value).toBeCloseTo(coefficients[j]!, 8));
      expect(estimator.intercepts[0]).toBeCloseTo(intercept, 8);
      expect(estimator).toMatchObject({ kind: 'linear', outputCount: 1, link: 'identity' });
    });
  }

  it.each([
    { rowCount: 20_000, width: 60, how: 'many rows' },
    { rowCount: 200, width: 2000, how: 'many features' },
  ])('lets a timer abort what it does with $how', async ({ rowCount, width }) => {
    const columns = Array.from({ length: width }, (_, j) =>
      new Float64Array(rowCount).map((__, row) => ((row * (j + 7) ** 2) % 101) / 101),
    );
    const stopper = new AbortController();
    setImmediate(() => stopper.abort(new Error('enough')));
    const target = { task: 'regression', values: columns[3]! } as const;
    const fitting = fitEstimator(
      { algorithm: 'ridge', matrix: matrixOf(columns), target, seed: 0 },
      { signal: stopper.signal },
    );
    await expect(fitting).rejects.toMatchObject({
      code: 'TRAINER_CANCELLED',
      cause: new Error('enough'),
    });
  });

  it('throws TRAINER_MEMORY_EXCEEDED before it takes more than it can have', async () => {
    const column = new Float64Array(17_000);
    const { features } = matrixOf(Array.from({ length: 17_000 }, () => []));
    const columns = features.map(() => column);
    const set = {
      matrix: { rowCount: column.length, features, columns },
      target: { task: 'regression', values: column },
      weights: column,
      seed: 0,
    } as const;
    const fitting = linearRegression.fit(set, { fit_intercept: true }, {});
    await expect(fitting).rejects.toMatchObject({ code: 'TRAINER_MEMORY_EXCEEDED' });
    await expect(fitting).rejects.toThrow(
      /17000 rows x 17000 features takes 4\.3\d GiB .* choose an algorithm that takes less/,
    );
  });

  it.each([1e200, 1e-200])('is the same for features in units of %d', async (unit) => {
    const features = [
      [1, 2, 4, 7, 3],
      [3, -1, 2, 5, 0],
    ];
    const values = [1, 5, -2, 4, 6];
    const fit = async (scale: number) => {
      const columns = features.map((column) => column.map((value) => value * scale));
      return (await fitEstimator({
        algorithm: 'linear_regression',
        matrix: matrixOf(columns),
        target: { task: 'regression', values: Float64Array.from(values) },
        seed: 0,
      })) as LinearEstimator;
    };
    const plain = await fit(1);
    const scaled = await fit(unit);
    scaled.coefficients.forEach((value, j) =>
      expect((value * unit) / plain.coefficients[j]!).toBeCloseTo(1, 10),
    );
    expect(scaled.intercepts[0]).toBeCloseTo(plain.intercepts[0]!, 10);
  });

  it.each([1e200, 1e-200])('tells importances of features in units of %d', async (unit) => {
    const fit = (scale: number) =>
      fitAlgorithm({
        algorithm: 'linear_regression',
        matrix: matrixOf([
          [1, 2, 4, 7, 3].map((value) => value * scale),
          [3, -1, 2, 5, 0].map((value) => value * scale),
        ]),
        target: { task: 'regression', values: Float64Array.of(1, 5, -2, 4, 6) },
        seed: 0,
      });
    const plain = await fit(1);
    const scaled = await fit(unit);
    expect(plain.importances[0]).toBeGreaterThan(0);
    scaled.importances.forEach((share, j) => expect(share).toBeCloseTo(plain.importances[j]!, 10));
  });

  it('leaves out features that a penalty outweighs beyond what doubles hold', async () => {
    const estimator = (await fitEstimator({
      algorithm: 'ridge',
      matrix: matrixOf([[1e-200, 3e-200, 4e-200]]),
      target: { task: 'regression', values: Float64Array.of(1, 2, 6) },
      seed: 0,
    })) as LinearEstimator;
    expect(estimator.coefficients[0]! / 1e-200).toBeCloseTo(7, 10);
    expect(estimator.intercepts[0]).toBe(3);
  });

  it.each([undefined, [1, 2, 0.5]])(
    'gives constant features no part, with weights %j',
    async (w) => {
      const { estimator, importances } = await fitAlgorithm({
        algorithm: 'linear_regression',
        matrix: matrixOf([
          [0.1, 0.1, 0.1],
          [0.7, 0.7, 0.7],
        ]),
        target: { task: 'regression', values: Float64Array.of(1, 2, 6.1) },
        weights: w && Float64Array.from(w),
        seed: 0,
      });
      expect([...(estimator as LinearEstimator).coefficients]).toEqual([0, 0]);
      expect([...importances]).toEqual([0, 0]);
    },
  );

  it('refuses classes', async () => {
    const fitting = fitEstimator({
      algorithm: 'ridge',
      matrix: matrixOf([[1, 2]]),
      target: { task: 'classification', labels: Int32Array.of(0, 1), classCount: 2 },
      seed: 0,
    });
    await expect(fitting).rejects.toMatchObject({ code: 'TRAINER_TASK_UNSUPPORTED' });
    await expect(fitting).rejects.toThrow(
      'Use one of random_forest, lightgbm, xgboost, logistic_regression, ',
    );
  });
});
