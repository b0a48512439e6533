import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  previousDouble,
  previousSingle,
  singleThreshold,
} from '../../src/onnx/single-threshold.ts';

const single = fc.float({ noNaN: true });

/** Values around a float32, where rounding turns. */
function nearby(value: number): number[] {
  const before = previousSingle(value);
  const half = before + (value - before) / 2;
  return [value, before, half, previousDouble(half), -previousDouble(-half), previousDouble(value)];
}

describe('singleThreshold', () => {
  it('sends every float64 where its float32 goes', () => {
    fc.assert(
      fc.property(single, fc.double({ noNaN: true }), (threshold, anywhere) => {
        const moved = singleThreshold(threshold);
        const above = -previousSingle(-threshold);
        const values = [anywhere, ...nearby(threshold), ...nearby(above)];
        // Below the least float32 there is nothing to tell apart but -Infinity.
        for (const value of values.filter(Number.isFinite)) {
          if (threshold === -Infinity) continue;
          expect([value, value <= moved]).toEqual([value, Math.fround(value) <= threshold]);
        }
      }),
      { seed: 2, numRuns: 2000 },
    );
  });

  it.each([0, -0, 1, -1, 2 ** -149, -(2 ** -149), 3.4028234663852886e38, -3.4028234663852886e38])(
    'keeps the value %d itself on the left',
    (threshold) => {
      expect(threshold <= singleThreshold(threshold)).toBe(true);
      const next = -previousSingle(-threshold);
      expect(next <= singleThreshold(threshold)).toBe(false);
    },
  );

  it('keeps infinities', () => {
    expect(singleThreshold(Infinity)).toBe(Infinity);
    expect(singleThreshold(-Infinity)).toBe(-Infinity);
  });
});

describe('previousDouble', () => {
  it('is the next smaller number', () => {
    expect(previousDouble(1)).toBe(1 - 2 ** -53);
    expect(previousDouble(0)).toBe(-Number.MIN_VALUE);
    expect(previousDouble(-Infinity)).toBe(-Infinity);
  });
});
