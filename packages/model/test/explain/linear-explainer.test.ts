import { createRandom } from '@gnu-mlops/core';
import type { FeatureMatrix } from '@gnu-mlops/preprocess';
import { describe, expect, it } from 'vitest';
import type { LinearEstimator } from '../../src/estimator.ts';
import { createExplainer } from '../../src/explain/create-explainer.ts';
import { featureMeans } from '../../src/explain/feature-means.ts';

const linear: LinearEstimator = {
  kind: 'linear',
  outputCount: 2,
  coefficients: Float64Array.of(1, -2, 0.5, 3, 0, -1),
  intercepts: Float64Array.of(10, 20),
  link: 'softmax',
};

function matrixOf(...columns: number[][]): FeatureMatrix {
  return {
    rowCount: columns[0]!.length,
    features: columns.map((_, i) => ({ name: `x${i}`, kind: 'numeric' })),
    columns: columns.map((column) => Float64Array.from(column)),
  };
}

describe('createExplainer for a linear estimator', () => {
  it('gives coefficient x value against a background of zeros', () => {
    const explanation = createExplainer(linear)(matrixOf([1, 0], [2, 0], [4, 0]));
    expect([...explanation.baseValues]).toEqual([10, 20]);
    expect([...explanation.contributions].map((value) => value + 0)).toEqual([
      ...[1, 3, -4, 0, 2, -4],
      ...[0, 0, 0, 0, 0, 0],
    ]);
  });

  it('measures the distance from a background, which the base value takes up', () => {
    const background = featureMeans(matrixOf([1, 3], [NaN, 5], [0, 0]));
    expect([...background]).toEqual([2, 5, 0]);
    const explanation = createExplainer(linear, { background })(matrixOf([2], [6], [0]));
    expect([...explanation.baseValues]).toEqual([10 + 2 - 10, 20 + 6]);
    expect([...explanation.contributions].map((value) => value + 0)).toEqual([0, 0, -2, 0, 0, 0]);
  });

  it('adds up to the raw score', () => {
    const random = createRandom(1);
    const background = Float64Array.from({ length: 3 }, random.nextNormal);
    const row = Array.from({ length: 3 }, random.nextNormal);
    const matrix = matrixOf(...row.map((value) => [value]));
    const { baseValues, contributions } = createExplainer(linear, { background })(matrix);
    for (let k = 0; k < 2; k++) {
      const score = row.reduce((sum, value, f) => sum + value * linear.coefficients[k * 3 + f]!, 0);
      const sum = [0, 1, 2].reduce((total, f) => total + contributions[f * 2 + k]!, baseValues[k]!);
      expect(sum).toBeCloseTo(score + linear.intercepts[k]!, 12);
    }
  });

  it.each([
    ['is not one value a feature', [0, 0], 'background'],
    ['is not finite', [0, NaN, 0], 'background[1]'],
  ])('throws MODEL_EXPLAIN_OPTION when the background %s', (_, background, option) => {
    expect(() => createExplainer(linear, { background })).toThrow(
      expect.objectContaining({ code: 'MODEL_EXPLAIN_OPTION', option }),
    );
  });
});
