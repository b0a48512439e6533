import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MetricInputError, countByThreshold } from '../../src/index.ts';

describe('countByThreshold', () => {
  it('counts the rows that score at least each distinct score, from the highest', () => {
    const counts = countByThreshold({
      actual: Uint8Array.of(1, 0, 1, 0, 1),
      scores: Float64Array.of(0.9, 0.5, 0.5, 0.1, 0.5),
    });
    expect([...counts.thresholds]).toEqual([0.9, 0.5, 0.1]);
    expect([...counts.truePositives]).toEqual([1, 3, 3]);
    expect([...counts.falsePositives]).toEqual([0, 1, 2]);
  });

  it('takes -0 and 0 for one score', () => {
    const counts = countByThreshold({
      actual: Int32Array.of(1, 0, 1),
      scores: Float64Array.of(0, -0, 0),
    });
    expect(counts.thresholds).toHaveLength(1);
  });

  it('is empty for no rows and for rows of weight 0', () => {
    const none = countByThreshold({ actual: new Uint8Array(0), scores: new Float64Array(0) });
    expect(none.thresholds).toHaveLength(0);
    const weightless = countByThreshold({
      actual: Uint8Array.of(1),
      scores: Float64Array.of(0.5),
      weights: Float64Array.of(0),
    });
    expect(weightless.thresholds).toHaveLength(0);
  });

  it('counts whole weights as that many rows', () => {
    const row = fc.record({
      actual: fc.integer({ min: 0, max: 1 }),
      score: fc.integer({ min: -3, max: 3 }),
      weight: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), (rows) => {
        const repeated = rows.flatMap((one) => new Array<typeof one>(one.weight).fill(one));
        const weighted = countByThreshold({
          actual: Uint8Array.from(rows, ({ actual }) => actual),
          scores: Float64Array.from(rows, ({ score }) => score),
          weights: Float64Array.from(rows, ({ weight }) => weight),
        });
        const plain = countByThreshold({
          actual: Uint8Array.from(repeated, ({ actual }) => actual),
          scores: Float64Array.from(repeated, ({ score }) => score),
        });
        expect(weighted).toEqual(plain);
      }),
      { seed: 1 },
    );
  });

  const valid = { actual: Uint8Array.of(0, 1), scores: Float64Array.of(0.1, 0.9) };
  it.each([
    ['unequal lengths', { actual: Uint8Array.of(1) }, '1 actual labels'],
    ['a label that is neither 0 nor 1', { actual: Uint8Array.of(0, 2) }, 'Row 2: the label 2'],
    ['a NaN score', { scores: Float64Array.of(NaN, 1) }, 'Row 1: the score NaN'],
    ['an infinite weight', { weights: Float64Array.of(1, Infinity) }, 'Row 2: the weight Infinity'],
  ])('throws METRIC_INPUT_INVALID on %s', (_, change, message) => {
    const count = () => countByThreshold({ ...valid, ...change });
    expect(count).toThrow(MetricInputError);
    expect(count).toThrow(message);
  });
});
