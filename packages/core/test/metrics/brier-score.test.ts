import { describe, expect, it } from 'vitest';
import { measureBrierScore } from '../../src/index.ts';

describe('measureBrierScore', () => {
  it('is the mean squared error of one probability with two classes', () => {
    const score = measureBrierScore(Int32Array.of(0, 1), Float64Array.of(0.9, 0.1, 0.5, 0.5), 2);
    expect(score).toBeCloseTo((0.01 + 0.25) / 2, 15);
  });

  it('sums over the classes with more, so that certainty in the wrong one costs 2', () => {
    expect(measureBrierScore(Int32Array.of(0), Float64Array.of(0, 1, 0), 3)).toBe(2);
  });
});
