import { describe, expect, it } from 'vitest';
import { MetricInputError, measureRegression } from '../../src/index.ts';
import { isAsReference, readMetricsReference } from './metrics-reference.ts';

const figures = ['rmse', 'mae', 'r2', 'mape', 'medianAbsoluteError'] as const;

describe('measureRegression', () => {
  it.each(readMetricsReference().regressions)(
    'matches scikit-learn within 1e-9: $name',
    (reference) => {
      const measured = measureRegression(
        Float64Array.from(reference.actual),
        Float64Array.from(reference.predicted),
      );
      for (const name of figures) {
        expect(
          isAsReference(measured[name], reference[name]),
          `${name}: ${measured[name]} where scikit-learn has ${reference[name]}`,
        ).toBe(true);
      }
    },
  );

  it('has no R2 where all actual values are equal, however good the prediction', () => {
    const constant = Float64Array.of(0.1, 0.1, 0.1);
    expect(measureRegression(constant, constant)).toMatchObject({ rmse: 0, mae: 0, r2: NaN });
    expect(measureRegression(constant, Float64Array.of(1, 2, 3)).r2).toBeNaN();
  });

  it.each([1e160, 2 ** 1020, 1e-170, 5e-324 * 2 ** 20])(
    'measures targets around %s as it does those around 1',
    (size) => {
      const unit = 2 ** Math.floor(Math.log2(size));
      const actual = Float64Array.of(1, 2, 4, 8);
      const predicted = Float64Array.of(1.5, 2, 3, 9);
      const plain = measureRegression(actual, predicted);
      const scaled = measureRegression(
        actual.map((value) => value * unit),
        predicted.map((value) => value * unit),
      );
      expect(scaled.r2).toBe(plain.r2);
      for (const name of ['rmse', 'mae', 'medianAbsoluteError'] as const) {
        expect(scaled[name] / unit).toBeCloseTo(plain[name], 5);
      }
    },
  );

  it('measures errors of any size of targets whose sum no double holds', () => {
    const actual = Float64Array.of(1.5e308, 1e308, 1.7e308);
    const weights = Float64Array.of(1, 2, 1);
    const measured = measureRegression(actual, Float64Array.of(1.5e308, 1.1e308, 1.7e308), {
      weights,
    });
    expect(measured.rmse / 1e308).toBeCloseTo(Math.sqrt(0.02 / 4), 12);
    expect(measured.mae / 1e308).toBeCloseTo(0.2 / 4, 12);
    expect(measured.r2).toBeCloseTo(1 - 0.02 / 0.38, 12);
  });

  it('has NaN for every figure of no rows', () => {
    const none = new Float64Array(0);
    const measured = measureRegression(none, none);
    for (const name of figures) expect(measured[name]).toBeNaN();
  });

  it('has no R2 where the rows of a weight above 0 are equal', () => {
    const weights = Float64Array.of(1, 1, 0);
    const actual = Float64Array.of(2, 2, 5);
    expect(measureRegression(actual, Float64Array.of(1, 2, 3), { weights }).r2).toBeNaN();
  });

  it('throws METRIC_INPUT_INVALID on unequal lengths and on values that are not finite', () => {
    expect(() => measureRegression(Float64Array.of(1, 2), Float64Array.of(1))).toThrow(
      MetricInputError,
    );
    expect(() => measureRegression(Float64Array.of(1, 2), Float64Array.of(1, NaN))).toThrow(
      'Row 2: actual 2 and predicted NaN',
    );
    expect(() => measureRegression(Float64Array.of(Infinity), Float64Array.of(1))).toThrow('Row 1');
  });
});
