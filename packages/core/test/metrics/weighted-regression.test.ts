import { describe, expect, it } from 'vitest';
import {
  MetricInputError,
  measureMedianAbsoluteError,
  measurePercentageError,
  measurePinballLoss,
  measurePoissonDeviance,
  measureRegression,
} from '../../src/index.ts';
import { readEvaluationReference, weightsOf } from './evaluation-reference.ts';
import { isAsReference } from './metrics-reference.ts';

const references = readEvaluationReference().regressions;

describe.each(references)('on numbers that are $name, as scikit-learn within 1e-9', (reference) => {
  const actual = Float64Array.from(reference.actual);
  const predicted = Float64Array.from(reference.predicted);
  const weights = weightsOf(reference);

  it('measureRegression gives the figures', () => {
    const measured = measureRegression(actual, predicted, { weights });
    for (const name of ['rmse', 'mae', 'r2', 'mape', 'medianAbsoluteError'] as const) {
      expect(
        isAsReference(measured[name], reference[name]),
        `${name}: ${measured[name]} where scikit-learn has ${reference[name]}`,
      ).toBe(true);
    }
  });

  it.each(Object.entries(reference.pinball))('measurePinballLoss at %s', (quantile, expected) => {
    const loss = measurePinballLoss(actual, predicted, { quantile: Number(quantile), weights });
    expect(isAsReference(loss, expected), `${loss} where scikit-learn has ${expected}`).toBe(true);
  });
});

const rates = references.filter(({ poissonDeviance }) => poissonDeviance !== null);

describe('measurePoissonDeviance', () => {
  it.each(rates)('matches scikit-learn within 1e-9: $name', (reference) => {
    const deviance = measurePoissonDeviance(
      Float64Array.from(reference.actual),
      Float64Array.from(reference.predicted),
      { weights: weightsOf(reference) },
    );
    expect(isAsReference(deviance, reference.poissonDeviance)).toBe(true);
  });

  it('throws METRIC_INPUT_INVALID on negative counts and on rates that are not above 0', () => {
    const one = Float64Array.of(1, 1);
    expect(() => measurePoissonDeviance(Float64Array.of(1, -1), one)).toThrow('Row 2');
    expect(() => measurePoissonDeviance(one, Float64Array.of(0, 1))).toThrow('Row 1');
  });
});

describe('measureMedianAbsoluteError', () => {
  const zeros = new Float64Array(4);

  it.each([1e-20, 1e-3, 1, 1e6])('weighs by shares, in units of %s', (unit) => {
    const predicted = Float64Array.of(1, 2, 3, 100);
    const weights = Float64Array.of(unit, unit, unit, 0);
    expect(measureMedianAbsoluteError(zeros, predicted, { weights })).toBe(2);
  });

  it.each([0.1, 1, 1e6 + 0.1])('takes the middle of two halves of equal weight %s', (weight) => {
    for (const rowCount of [6, 10, 100]) {
      const predicted = Float64Array.from({ length: rowCount }, (_, row) => row);
      const weights = new Float64Array(rowCount).fill(weight);
      const actual = new Float64Array(rowCount);
      expect(measureMedianAbsoluteError(actual, predicted, { weights })).toBe((rowCount - 1) / 2);
    }
  });
});

describe('measurePercentageError', () => {
  it('is NaN as soon as an actual value of a weight above 0 is 0', () => {
    const actual = Float64Array.of(0, 2);
    const predicted = Float64Array.of(1, 1);
    expect(measurePercentageError(actual, predicted)).toBeNaN();
    const weights = Float64Array.of(0, 1);
    expect(measurePercentageError(actual, predicted, { weights })).toBe(0.5);
  });
});

describe('measurePinballLoss', () => {
  it('throws METRIC_INPUT_INVALID on a quantile outside [0, 1]', () => {
    const one = Float64Array.of(1);
    expect(() => measurePinballLoss(one, one, { quantile: 1.5 })).toThrow(MetricInputError);
    expect(() => measurePinballLoss(one, one, { quantile: NaN })).toThrow('NaN is not');
  });
});
