import { describe, expect, it } from 'vitest';
import {
  MetricInputError,
  measureCalibrationCurve,
  measureExpectedCalibrationError,
  predictedClassOutcome,
} from '../../src/index.ts';
import { differences, readEvaluationReference } from './evaluation-reference.ts';

const cases = readEvaluationReference().rankings.flatMap((ranking) =>
  Object.entries(ranking.calibration).map(([kind, expected]) => ({ ranking, kind, expected })),
);

describe('measureCalibrationCurve', () => {
  it.each(cases)(
    'matches scikit-learn within 1e-9: $ranking.name, $kind bins',
    ({ ranking, kind, expected }) => {
      const [strategy, bins] = kind.split(' ');
      const curve = measureCalibrationCurve(
        {
          actual: Uint8Array.from(ranking.actual),
          scores: Float64Array.from(ranking.scores),
        },
        { bins: Number(bins), strategy: strategy === 'uniform' ? 'uniform' : 'quantile' },
      );
      const shares = curve.map((bin) => bin.positiveShare);
      const means = curve.map((bin) => bin.meanProbability);
      expect(differences(shares, expected['positiveShares']!)).toEqual([]);
      expect(differences(means, expected['meanProbabilities']!)).toEqual([]);
    },
  );

  const outcome = {
    actual: Uint8Array.of(0, 0, 1, 1, 1),
    scores: Float64Array.of(0.1, 0.3, 0.4, 0.9, 0.8),
  };

  it('says how many rows each bin has, and leaves empty ones out', () => {
    const curve = measureCalibrationCurve(outcome, { bins: 10, strategy: 'uniform' });
    expect(curve.map((bin) => bin.rowCount)).toEqual([1, 1, 1, 1, 1]);
  });

  it('has no bins for no rows', () => {
    const none = { actual: new Uint8Array(0), scores: new Float64Array(0) };
    expect(measureCalibrationCurve(none, { bins: 5, strategy: 'quantile' })).toEqual([]);
    expect(measureExpectedCalibrationError([])).toBeNaN();
  });

  it('throws METRIC_INPUT_INVALID on what is no probability and on no bins', () => {
    const high = { ...outcome, scores: Float64Array.of(0.1, 0.3, 1.5, 0.9, 0.8) };
    expect(() => measureCalibrationCurve(high, { bins: 5, strategy: 'uniform' })).toThrow(
      'Row 3: 1.5 is no probability',
    );
    expect(() => measureCalibrationCurve(outcome, { bins: 0, strategy: 'uniform' })).toThrow(
      MetricInputError,
    );
  });
});

describe('measureExpectedCalibrationError', () => {
  it('is the mean distance of promise and outcome, by rows', () => {
    const curve = measureCalibrationCurve(
      { actual: Uint8Array.of(0, 1, 1, 1), scores: Float64Array.of(0.2, 0.4, 0.9, 0.7) },
      { bins: 2, strategy: 'uniform' },
    );
    // Half of the lower bin came where 0.3 was promised, all of the upper where 0.8 was.
    expect(measureExpectedCalibrationError(curve)).toBeCloseTo((2 * 0.2 + 2 * 0.2) / 4, 12);
  });

  it('measures several classes on the predicted one', () => {
    const outcome = predictedClassOutcome({
      actual: Int32Array.of(0, 2, 1),
      probabilities: Float64Array.of(0.5, 0.3, 0.2, 0.1, 0.2, 0.7, 0.6, 0.2, 0.2),
      classes: ['a', 'b', 'c'],
    });
    expect([...outcome.actual]).toEqual([1, 1, 0]);
    expect([...outcome.scores]).toEqual([0.5, 0.7, 0.6]);
  });
});
