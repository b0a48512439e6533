import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { medianOf } from '../src/median-of.ts';
import { quantileOfSorted, sortPresent } from '../src/quantile-of-sorted.ts';

describe('medianOf', () => {
  it('is the middle of the sorted numbers, missing ones left out, and changes nothing', () => {
    const number = fc.oneof(fc.double({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 3 }));
    fc.assert(
      fc.property(fc.array(number, { maxLength: 200 }), (numbers) => {
        const values = Float64Array.from(numbers);
        // Which zero is in the middle of both kinds is left open: + 0 makes them one.
        expect(medianOf(values) + 0).toBe(quantileOfSorted(sortPresent(values), 0.5) + 0);
        expect(values).toEqual(Float64Array.from(numbers));
      }),
      { seed: 1, numRuns: 1_000 },
    );
  });
});
