import { describe, expect, it } from 'vitest';
import { splitThreshold } from '../../src/forest/place-thresholds.ts';
import { MISSING } from '../../src/kernels/forest-layout.ts';

function thresholdBetween(values: number[], lastLeft: number, firstRight: number): number {
  const bounds = Float64Array.from(values);
  return splitThreshold({ lowest: bounds, highest: bounds }, lastLeft, firstRight);
}

describe('splitThreshold', () => {
  it('lies midway between the neighbouring values of the node', () => {
    expect(thresholdBetween([1, 2, 5], 0, 1)).toBe(1.5);
    expect(thresholdBetween([1, 2, 5], 0, 2)).toBe(3);
  });

  it('stays below the upper value where there is no number between', () => {
    const above = 1 + Number.EPSILON;
    expect(thresholdBetween([1, above], 0, 1)).toBe(1);
    expect(thresholdBetween([0, 5e-324], 0, 1)).toBe(0);
  });

  it('does not overflow', () => {
    expect(thresholdBetween([-1.7e308, 1.7e308], 0, 1)).toBe(0);
    expect(thresholdBetween([1.6e308, 1.7e308], 0, 1)).toBeCloseTo(1.65e308, -300);
  });

  it('lets every number go left where only missing values go right', () => {
    expect(thresholdBetween([1, 2], 1, MISSING)).toBe(Number.MAX_VALUE);
  });
});
