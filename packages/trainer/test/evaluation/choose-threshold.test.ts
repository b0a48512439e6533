import { MetricInputError, measureClassification } from '@gnu-mlops/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TrainingInputError, TrainingOptionError } from '../../src/errors.ts';
import { chooseThreshold } from '../../src/evaluation/choose-threshold.ts';
import { measureAtThreshold } from '../../src/evaluation/threshold-figures.ts';

const outcome = {
  actual: Uint8Array.of(0, 0, 1, 0, 1, 1),
  scores: Float64Array.of(0.1, 0.2, 0.3, 0.6, 0.7, 0.9),
};

describe('chooseThreshold', () => {
  it('finds the best F1, with the figures there', () => {
    const choice = chooseThreshold({ ...outcome, by: 'f1' });
    expect(choice.threshold).toBe(0.3);
    expect(choice.value).toBeCloseTo(6 / 7, 12);
    expect(choice.figures).toMatchObject({
      truePositives: 3,
      falsePositives: 1,
      trueNegatives: 2,
      falseNegatives: 0,
      precision: 0.75,
      recall: 1,
      specificity: 2 / 3,
      f1: 6 / 7,
    });
  });

  it('takes the highest of equally good thresholds', () => {
    // At 0.3 one mistake, at 0.7 one too.
    expect(chooseThreshold({ ...outcome, by: 'accuracy' }).threshold).toBe(0.7);
    expect(chooseThreshold({ ...outcome, by: 'youden' }).threshold).toBe(0.7);
  });

  it('avoids the mistake that costs more', () => {
    const by = (falsePositive: number, falseNegative: number) =>
      chooseThreshold({ ...outcome, by: { costs: { falsePositive, falseNegative } } });
    expect(by(1, 5)).toMatchObject({ threshold: 0.3, value: 1 / 6 });
    expect(by(5, 1)).toMatchObject({ threshold: 0.7, value: 1 / 6 });
  });

  it('is Infinity where calling no row positive costs least', () => {
    const choice = chooseThreshold({
      actual: Uint8Array.of(1, 0, 0),
      scores: Float64Array.of(0.4, 0.5, 0.6),
      by: { costs: { falsePositive: 3, falseNegative: 1 } },
    });
    expect(choice).toMatchObject({ threshold: Infinity, value: 1 / 3 });
    expect(choice.figures).toMatchObject({ truePositives: 0, falsePositives: 0, recall: 0 });
    expect(choice.figures.precision).toBeNaN();
  });

  it('gives the criterion at every threshold', () => {
    const { curve } = chooseThreshold({ ...outcome, by: 'accuracy' });
    expect([...curve.thresholds]).toEqual([Infinity, 0.9, 0.7, 0.6, 0.3, 0.2, 0.1]);
    expect([...curve.values]).toEqual([3, 4, 5, 4, 5, 4, 3].map((right) => right / 6));
  });

  it('lets rows count by their weights', () => {
    const weights = Float64Array.of(1, 1, 3, 1, 1, 1);
    expect(chooseThreshold({ ...outcome, weights, by: 'accuracy' }).threshold).toBe(0.3);
  });

  const rows = fc.array(
    fc.record({ actual: fc.integer({ min: 0, max: 1 }), score: fc.integer({ min: 0, max: 9 }) }),
    { minLength: 2, maxLength: 25 },
  );
  it.each(['f1', 'accuracy'] as const)('is beaten by no threshold, as counted anew: %s', (by) => {
    fc.assert(
      fc.property(rows, (some) => {
        fc.pre(new Set(some.map(({ actual }) => actual)).size === 2);
        const actual = Int32Array.from(some, (row) => row.actual);
        const scores = Float64Array.from(some, ({ score }) => score / 10);
        const choice = chooseThreshold({ actual, scores, by });
        const measured = [...scores].map((threshold) => {
          const certain = [...scores].flatMap((score) => (score >= threshold ? [0, 1] : [1, 0]));
          const probabilities = Float64Array.from(certain);
          return measureClassification({ actual, probabilities, classes: ['a', 'b'] })[by];
        });
        expect(choice.value).toBeGreaterThanOrEqual(Math.max(...measured) - 1e-12);
        expect(measureAtThreshold({ actual, scores }, choice.threshold)).toEqual(choice.figures);
      }),
      { seed: 1 },
    );
  });

  it('throws TRAINER_INPUT_INVALID when one side has no row', () => {
    const scores = Float64Array.of(0.1, 0.9);
    const choose = (actual: Uint8Array) => () => chooseThreshold({ actual, scores, by: 'f1' });
    expect(choose(Uint8Array.of(0, 0))).toThrow(TrainingInputError);
    expect(choose(Uint8Array.of(0, 0))).toThrow('no row is positive');
    expect(choose(Uint8Array.of(1, 1))).toThrow('no row is negative');
    expect(choose(Uint8Array.of(1, 2))).toThrow(MetricInputError);
  });

  it('throws TRAINER_OPTION_INVALID on costs below 0, on no costs, and on other criteria', () => {
    const by = (falsePositive: number, falseNegative: number) => () =>
      chooseThreshold({ ...outcome, by: { costs: { falsePositive, falseNegative } } });
    expect(by(-1, 1)).toThrow(TrainingOptionError);
    expect(by(1, NaN)).toThrow('"costs.falseNegative" is NaN');
    expect(by(0, 0)).toThrow('above 0 for one mistake');
    expect(() => chooseThreshold({ ...outcome, by: 'profit' as 'f1' })).toThrow('f1, accuracy');
  });
});

describe('measureAtThreshold', () => {
  it('calls a row positive when it scores at least the threshold', () => {
    expect(measureAtThreshold(outcome, 0.6)).toMatchObject({ truePositives: 2, falsePositives: 1 });
    expect(measureAtThreshold(outcome, 0.61)).toMatchObject({
      truePositives: 2,
      falsePositives: 0,
    });
    expect(measureAtThreshold(outcome, 0)).toMatchObject({ recall: 1, specificity: 0 });
    expect(measureAtThreshold(outcome, 2)).toMatchObject({ recall: 0, specificity: 1, youden: 0 });
  });
});
