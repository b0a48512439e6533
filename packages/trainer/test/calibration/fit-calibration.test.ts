import {
  MetricInputError,
  createRandom,
  measureCalibrationCurve,
  measureExpectedCalibrationError,
} from '@gnu-mlops/core';
import { type Calibration, applyCalibration } from '@gnu-mlops/model';
import { describe, expect, it } from 'vitest';
import { fitCalibration } from '../../src/calibration/fit-calibration.ts';
import { TrainingInputError, TrainingOptionError } from '../../src/errors.ts';
import { largestDistance, readCalibrationReference } from './calibration-reference.ts';

const methods = [
  { method: 'sigmoid', tolerance: 1e-6 },
  { method: 'isotonic', tolerance: 1e-9 },
] as const;
const cases = readCalibrationReference().classifiers.flatMap((reference) =>
  methods.map((method) => ({ ...method, reference })),
);

describe('fitCalibration and applyCalibration', () => {
  it.each(cases)(
    'match CalibratedClassifierCV within $tolerance: $reference.name, $method',
    ({ method, tolerance, reference }) => {
      const calibration = fitCalibration({
        method,
        actual: Int32Array.from(reference.actual),
        probabilities: Float64Array.from(reference.probabilities),
        classes: Array.from({ length: reference.classCount }, (_, code) => `class ${code}`),
        ...(reference.weights !== null && { weights: Float64Array.from(reference.weights) }),
      });
      const calibrated = applyCalibration(calibration, Float64Array.from(reference.fresh));
      expect(largestDistance(calibrated, reference[method])).toBeLessThan(tolerance);
      expect(calibrated).not.toEqual(Float64Array.from(reference.fresh));
    },
  );

  const { actual, probabilities } = overconfident(4000);
  const classes = ['No', 'Yes'];
  const unseen = overconfident(4000, 2);

  // A sigmoid of a probability cannot bend as these do; an isotonic map follows any shape.
  it.each([
    { method: 'sigmoid', share: 1 / 2 },
    { method: 'isotonic', share: 1 / 4 },
  ] as const)('bring promises closer to what comes: $method', ({ method, share }) => {
    const calibration = fitCalibration({ method, actual, probabilities, classes });
    const before = calibrationError(unseen.actual, unseen.probabilities);
    const after = calibrationError(
      unseen.actual,
      applyCalibration(calibration, unseen.probabilities),
    );
    expect(before).toBeGreaterThan(0.1);
    expect(after).toBeLessThan(before * share);
  });

  it.each(['sigmoid', 'isotonic'] as const)(
    'keep the calibration frozen, and the same after JSON: %s',
    (method) => {
      const calibration = fitCalibration({ method, actual, probabilities, classes });
      const reread = JSON.parse(JSON.stringify(calibration)) as Calibration;
      expect(applyCalibration(reread, unseen.probabilities)).toEqual(
        applyCalibration(calibration, unseen.probabilities),
      );
      expect(Object.isFrozen(calibration) && Object.isFrozen(calibration.maps)).toBe(true);
      expect(calibration.maps.every((map) => Object.isFrozen(map))).toBe(true);
    },
  );

  it('leave the given probabilities as they are', () => {
    const given = Float64Array.of(0.2, 0.8);
    const calibration = fitCalibration({ method: 'sigmoid', actual, probabilities, classes });
    expect(applyCalibration(calibration, given)).not.toBe(given);
    expect([...given]).toEqual([0.2, 0.8]);
  });

  it('make all classes equal where every map says 0', () => {
    const never = { scores: [0.5, 1], probabilities: [0, 1] };
    const calibration: Calibration = {
      method: 'isotonic',
      classCount: 3,
      maps: [never, never, never],
    };
    expect([...applyCalibration(calibration, Float64Array.of(0.4, 0.3, 0.3))]).toEqual([
      1 / 3,
      1 / 3,
      1 / 3,
    ]);
  });

  it('throw TRAINER_INPUT_INVALID naming a class without rows', () => {
    const request = { method: 'sigmoid', classes: ['a', 'b'] } as const;
    const one = { actual: Int32Array.of(0, 0), probabilities: Float64Array.of(0.6, 0.4, 0.5, 0.5) };
    expect(() => fitCalibration({ ...request, ...one })).toThrow(TrainingInputError);
    expect(() => fitCalibration({ ...request, ...one })).toThrow('class "b" has no row');
    const weights = Float64Array.of(1, 0);
    const both = { ...one, actual: Int32Array.of(0, 1), weights };
    expect(() => fitCalibration({ ...request, ...both })).toThrow('class "b" has no row');
  });

  it('throw on other methods, on what is no probability, and on another number of classes', () => {
    const method = 'platt' as 'sigmoid';
    expect(() => fitCalibration({ method, actual, probabilities, classes })).toThrow(
      TrainingOptionError,
    );
    const wrong = { actual: Int32Array.of(0), probabilities: Float64Array.of(NaN, 1), classes };
    expect(() => fitCalibration({ method: 'sigmoid', ...wrong })).toThrow(MetricInputError);
    const calibration = fitCalibration({ method: 'sigmoid', actual, probabilities, classes });
    expect(() => applyCalibration(calibration, Float64Array.of(0.2, 0.3, 0.5))).toThrow(
      'rows of 2 classes, which 3 probabilities are not',
    );
  });
});

/** Rows whose probability of the second class is pushed towards 0 and 1. */
function overconfident(rowCount: number, seed = 1) {
  const random = createRandom(seed);
  const actual = new Int32Array(rowCount);
  const probabilities = new Float64Array(2 * rowCount);
  for (let row = 0; row < rowCount; row++) {
    const truth = random.nextFloat();
    const odds = (truth / (1 - truth)) ** 4;
    actual[row] = random.nextFloat() < truth ? 1 : 0;
    probabilities[2 * row + 1] = odds / (1 + odds);
    probabilities[2 * row] = 1 - probabilities[2 * row + 1]!;
  }
  return { actual, probabilities };
}

function calibrationError(actual: Int32Array, probabilities: Float64Array): number {
  const scores = probabilities.filter((_, i) => i % 2 === 1);
  const curve = measureCalibrationCurve({ actual, scores }, { bins: 10, strategy: 'uniform' });
  return measureExpectedCalibrationError(curve);
}
