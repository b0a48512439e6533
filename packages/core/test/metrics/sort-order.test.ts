import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, sortOrder } from '../../src/index.ts';

describe('sortOrder', () => {
  it('keeps equal numbers in the order they have, -0 and 0 too', () => {
    expect([...sortOrder(Float64Array.of(2, 0, 1, -0, 2, 0))]).toEqual([1, 3, 5, 2, 0, 4]);
  });

  it('orders negative numbers, tiny ones and infinities', () => {
    const values = Float64Array.of(Infinity, 5e-324, -1, -Infinity, -5e-324, 1e308, -2);
    expect([...sortOrder(values)]).toEqual([3, 6, 2, 4, 1, 5, 0]);
  });

  it('is what a stable comparing sort gives, for any numbers', () => {
    const numbers = fc.array(fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -2, max: 2 })));
    fc.assert(
      fc.property(numbers, (values) => {
        const expected = values
          .map((_, i) => i)
          .sort((a, b) => (values[a]! < values[b]! ? -1 : values[a]! > values[b]! ? 1 : a - b));
        expect([...sortOrder(Float64Array.from(values))]).toEqual(expected);
      }),
      { seed: 1 },
    );
  });

  it('orders many rows', () => {
    const random = createRandom(7);
    const values = Float64Array.from({ length: 50_000 }, () => random.nextFloat() - 0.5);
    const ordered = Float64Array.from(sortOrder(values), (place) => values[place]!);
    expect(ordered).toEqual(values.slice().sort());
  });
});
