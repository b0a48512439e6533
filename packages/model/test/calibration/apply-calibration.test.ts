import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyCalibration } from '../../src/calibration/apply-calibration.ts';
import type { Calibration } from '../../src/calibration/calibration.ts';
import { predictTable } from '../../src/predict-table.ts';
import { calibrated, calibratedModels } from '../fixtures/calibrated-models.ts';
import { tinyCustomers, tinyForest } from '../fixtures/tiny-models.ts';

const isotonic: Calibration = {
  method: 'isotonic',
  classCount: 2,
  maps: [{ scores: [0.2, 0.4, 0.8], probabilities: [0.1, 0.3, 0.9] }],
};

/** The calibrated probability of the second of two classes. */
function second(calibration: Calibration, probability: number): number {
  return applyCalibration(calibration, Float64Array.of(1 - probability, probability))[1]!;
}

describe('applyCalibration', () => {
  it('draws straight lines between steps, and level ones outside them', () => {
    const given = [0, 0.2, 0.3, 0.4, 0.6, 0.8, 1];
    const wanted = [0.1, 0.1, 0.2, 0.3, 0.6, 0.9, 0.9];
    given.forEach((p, i) => expect(second(isotonic, p)).toBeCloseTo(wanted[i]!, 15));
  });

  it('follows the sigmoid, in its far tails too', () => {
    const sigmoid = (slope: number, intercept: number): Calibration => ({
      method: 'sigmoid',
      classCount: 2,
      maps: [{ slope, intercept }],
    });
    for (const p of [0, 0.1, 0.5, 1]) {
      expect(second(sigmoid(3, -1), p)).toBeCloseTo(1 / (1 + Math.exp(1 - 3 * p)), 14);
    }
    expect(second(sigmoid(1e308, 1e308), 1)).toBe(1);
    expect(second(sigmoid(-1e308, -1e308), 1)).toBe(0);
  });

  it('gives each row the sum 1, and equal shares where all are mapped to 0', () => {
    const zero = { scores: [0, 1], probabilities: [0, 0] };
    const three: Calibration = { method: 'isotonic', classCount: 3, maps: [zero, zero, zero] };
    expect([...applyCalibration(three, Float64Array.of(0.2, 0.3, 0.5))]).toEqual(
      Array.from({ length: 3 }, () => 1 / 3),
    );
    for (const [, { calibration }] of calibratedModels()) {
      const width = calibration!.classCount;
      fc.assert(
        fc.property(
          fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
            minLength: width,
            maxLength: width,
          }),
          (row) => {
            const mapped = applyCalibration(calibration!, Float64Array.from(row));
            expect(mapped.every((p) => p >= 0 && p <= 1)).toBe(true);
            expect(mapped.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
          },
        ),
      );
    }
  });

  it('throws MODEL_INVALID for probabilities of another number of classes', () => {
    expect(() => applyCalibration(isotonic, Float64Array.of(0.2, 0.3, 0.5))).toThrow(
      expect.objectContaining({ code: 'MODEL_INVALID', where: 'calibration' }),
    );
  });
});

describe('a model with calibration and threshold', () => {
  const table = tinyCustomers();

  it('predicts calibrated probabilities, and the positive class from the threshold on', () => {
    const forest = tinyForest();
    const raw = predictTable(forest, table);
    const model = calibrated(forest, 'sigmoid');
    const predictions = predictTable(model, table);
    if (raw.task !== 'classification' || predictions.task !== 'classification') throw new Error();
    expect(predictions.probabilities).toEqual(
      applyCalibration(model.calibration!, raw.probabilities),
    );
    const positive = Array.from(
      predictions.labels,
      (_, row) => predictions.probabilities[2 * row + 1]!,
    );
    expect([...predictions.labels]).toEqual(positive.map((p) => Number(p >= 0.54)));
    expect(positive.some((p) => p > 0.5 && p < 0.54)).toBe(true);
  });

  it('takes the threshold for the class that it names, the border included', () => {
    const model = tinyForest();
    const { probabilities } = predictTable(model, table) as { probabilities: Float64Array };
    const value = probabilities[4]!;
    const labelsOf = (positiveClass: string, from: number) =>
      (
        predictTable({ ...model, threshold: { positiveClass, value: from } }, table) as {
          labels: Int32Array;
        }
      ).labels;
    expect([...labelsOf('no', value)]).toEqual(
      Array.from({ length: 6 }, (_, row) => Number(!(probabilities[2 * row]! >= value))),
    );
    expect(labelsOf('no', value)[2]).toBe(0);
    expect([...labelsOf('yes', 2)]).toEqual([0, 0, 0, 0, 0, 0]);
    expect([...labelsOf('yes', 0)]).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('throws MODEL_INVALID for a threshold among three classes', () => {
    const model = { ...tinyForest(['a', 'b', 'c']), threshold: { positiveClass: 'a', value: 0.5 } };
    expect(() => predictTable(model, table)).toThrow(
      expect.objectContaining({ code: 'MODEL_INVALID', where: 'threshold' }),
    );
  });
});
