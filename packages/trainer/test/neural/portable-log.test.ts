import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { portableLog } from '../../src/neural/portable-log.ts';

describe('portableLog', () => {
  it('is Math.log to within rounding, for every share above 1e-300', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1, noNaN: true }), (share) => {
        const wanted = Math.log(share);
        expect(Math.abs(portableLog(share) - wanted)).toBeLessThanOrEqual(
          4e-16 * Math.max(1e-3, Math.abs(wanted)),
        );
      }),
      { seed: 1, numRuns: 3000 },
    );
  });

  it('is 0 for a certainty, and close to it just below', () => {
    expect(portableLog(1)).toBe(0);
    expect(portableLog(1 - Number.EPSILON)).toBeCloseTo(-Number.EPSILON, 25);
    expect(portableLog(1e-300)).toBeCloseTo(Math.log(1e-300), 12);
  });
});
