import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureRocAuc } from '../../src/index.ts';

describe('measureRocAuc', () => {
  it('is 1 when every positive scores above every negative, 0 when below', () => {
    expect(measureRocAuc(Float64Array.of(3, 2), Float64Array.of(1, 0))).toBe(1);
    expect(measureRocAuc(Float64Array.of(0, 1), Float64Array.of(2, 3))).toBe(0);
  });

  it('counts a tie as half', () => {
    expect(measureRocAuc(Float64Array.of(1), Float64Array.of(1))).toBe(0.5);
    expect(measureRocAuc(Float64Array.of(1, 2), Float64Array.of(1, 1))).toBe(0.75);
  });

  it('is NaN without a pair to compare', () => {
    expect(measureRocAuc(Float64Array.of(1), new Float64Array(0))).toBeNaN();
    expect(measureRocAuc(new Float64Array(0), Float64Array.of(1))).toBeNaN();
  });

  const scores = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 30 });

  it('is the share of won pairs, ties half, as counted one by one', () => {
    fc.assert(
      fc.property(scores, scores, (positives, negatives) => {
        let won = 0;
        for (const p of positives) {
          for (const n of negatives) won += p > n ? 1 : p === n ? 0.5 : 0;
        }
        const measured = measureRocAuc(Float64Array.from(positives), Float64Array.from(negatives));
        expect(measured).toBeCloseTo(won / (positives.length * negatives.length), 12);
      }),
      { seed: 1 },
    );
  });
});
