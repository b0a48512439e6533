import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNumber } from '../../src/extend/format-number.ts';

function format(value: number, decimals?: number): string {
  const bytes = new Uint8Array(400);
  const end = formatNumber(value, decimals, bytes, 7);
  return Buffer.from(bytes.subarray(7, end)).toString();
}

describe('formatNumber', () => {
  it('writes what toFixed writes, also in the middle between two results', () => {
    const middles = fc
      .tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.nat({ max: 12 }))
      .map(([whole, places]) => (whole + 0.5) / 10 ** places);
    const values = fc.oneof(
      fc.double({ noNaN: true }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      middles,
    );
    fc.assert(
      fc.property(values, fc.nat({ max: 15 }), (value, decimals) => {
        const expected = Number.isFinite(value) ? value.toFixed(decimals) : String(value);
        expect(format(value, decimals)).toBe(expected);
      }),
      { seed: 5, numRuns: 5000 },
    );
  });

  it('writes numbers so that they read back to the same bits where no decimals are asked for', () => {
    for (const value of [0.1 + 0.2, 1e21, 5e-324, -1.7976931348623157e308]) {
      expect(Number(format(value))).toBe(value);
    }
  });
});
