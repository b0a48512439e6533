import type { LinearEstimator } from '@gnu-mlops/model';
import { describe, expect, it } from 'vitest';
import { FeatureMissingValuesError, NotConvergedError } from '../../src/errors.ts';
import { fitEstimator } from '../../src/fit-algorithm.ts';
import { readScikitLearnReference } from '../fixtures/scikit-learn.ts';
import { matrixOf } from '../matrix-of.ts';

const { logistic } = readScikitLearnReference();
const algorithm = 'logistic_regression';

function classesOf(labels: readonly number[]) {
  const classCount = Math.max(...labels) + 1;
  return { task: 'classification' as const, labels: Int32Array.from(labels), classCount };
}

describe('logistic_regression', () => {
  for (const { target, hyperparameters, coefficients, intercepts } of logistic.cases) {
    it(`has scikit-learn's coefficients for ${target} classes with ${JSON.stringify(hyperparameters)}`, async () => {
      const estimator = (await fitEstimator({
        algorithm,
        hyperparameters,
        matrix: matrixOf(logistic.features),
        target: classesOf(logistic.targets[target]),
        seed: 0,
      })) as LinearEstimator;
      expect(estimator.link).toBe(target === 'two' ? 'logistic' : 'softmax');
      const expected = coefficients.flat();
      expect(estimator.coefficients.length).toBe(expected.length);
      estimator.coefficients.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6));
      estimator.intercepts.forEach((value, i) => expect(value).toBeCloseTo(intercepts[i]!, 6));
    });
  }

  it('finds the same minimum whatever the scale and offset of the features, without a penalty', async () => {
    const labels = logistic.targets.two;
    const fit = (columns: number[][]) =>
      fitEstimator({
        algorithm,
        hyperparameters: { penalty: null },
        matrix: matrixOf(columns),
        target: classesOf(labels),
        seed: 0,
      }) as Promise<LinearEstimator>;
    const [plain, scaled] = await Promise.all([
      fit(logistic.features),
      fit(logistic.features.map((column) => column.map((value) => 1000 * value + 5000))),
    ]);
    plain.coefficients.forEach((value, j) =>
      expect(scaled.coefficients[j]! * 1000).toBeCloseTo(value, 4),
    );
  });

  it('bears repeated and constant features without a penalty', async () => {
    const [a] = logistic.features as [number[]];
    const estimator = (await fitEstimator({
      algorithm,
      hyperparameters: { penalty: null },
      matrix: matrixOf([a, a, a.map(() => 1)]),
      target: classesOf(logistic.targets.two),
      seed: 0,
    })) as LinearEstimator;
    expect(estimator.coefficients[0]).toBeCloseTo(estimator.coefficients[1]!, 4);
  });

  it('throws TRAINER_NOT_CONVERGED when max_iter is not enough', async () => {
    const fitting = fitEstimator({
      algorithm,
      hyperparameters: { max_iter: 1 },
      matrix: matrixOf(logistic.features),
      target: classesOf(logistic.targets.two),
      seed: 0,
    });
    await expect(fitting).rejects.toThrow(NotConvergedError);
    await expect(fitting).rejects.toMatchObject({ code: 'TRAINER_NOT_CONVERGED', iterations: 1 });
  });

  it('throws TRAINER_NOT_CONVERGED for separable classes without a penalty', async () => {
    const fitting = fitEstimator({
      algorithm,
      hyperparameters: { penalty: null, max_iter: 15 },
      matrix: matrixOf([[-2, -1, 1, 2]]),
      target: classesOf([0, 0, 1, 1]),
      seed: 0,
    });
    await expect(fitting).rejects.toMatchObject({ code: 'TRAINER_NOT_CONVERGED' });
  });

  it.each([
    { classes: 2, rowCount: 15_000, width: 50, how: 'Newton steps' },
    { classes: 3, rowCount: 4000, width: 50, how: 'Newton steps' },
    { classes: 2, rowCount: 1000, width: 1100, how: 'L-BFGS' },
    { classes: 3, rowCount: 1000, width: 400, how: 'L-BFGS' },
    { classes: 2, rowCount: 20_000, width: 60, how: 'a warm start' },
  ])('lets a timer abort $how to $classes classes', async ({ classes, rowCount, width }) => {
    const columns = Array.from({ length: width }, (_, j) =>
      new Float64Array(rowCount).map((__, row) => ((row * (j + 7) ** 2) % 101) / 101),
    );
    const stopper = new AbortController();
    setImmediate(() => stopper.abort(new Error('enough')));
    const fitting = fitEstimator(
      {
        algorithm,
        matrix: matrixOf(columns),
        target: classesOf(Array.from({ length: rowCount }, (_, row) => row % classes)),
        seed: 0,
      },
      { signal: stopper.signal },
    );
    await expect(fitting).rejects.toMatchObject({
      code: 'TRAINER_CANCELLED',
      cause: new Error('enough'),
    });
  });

  it('throws TRAINER_FEATURE_MISSING_VALUES naming the feature, the count and the first row', async () => {
    const fitting = fitEstimator({
      algorithm,
      matrix: matrixOf([
        [1, 2, 3, 4],
        [1, null, null, 4],
      ]),
      target: classesOf([0, 1, 0, 1]),
      seed: 0,
    });
    await expect(fitting).rejects.toThrow(FeatureMissingValuesError);
    await expect(fitting).rejects.toThrow(
      'The feature "b" has 2 missing values, the first in row 2',
    );
  });

  it('throws TRAINER_FEATURE_CATEGORICAL for codes without an order', async () => {
    const matrix = matrixOf([[0, 1, 2, 1]]);
    const fitting = fitEstimator({
      algorithm,
      matrix: { ...matrix, features: [{ name: 'colour', kind: 'categorical', categories: 3 }] },
      target: classesOf([0, 1, 0, 1]),
      seed: 0,
    });
    await expect(fitting).rejects.toMatchObject({
      code: 'TRAINER_FEATURE_CATEGORICAL',
      feature: 'colour',
    });
  });
});
