import type { LinearEstimator } from '@gnu-mlops/model';
import { describe, expect, it } from 'vitest';
import { fitEstimator } from '../../src/fit-algorithm.ts';
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
