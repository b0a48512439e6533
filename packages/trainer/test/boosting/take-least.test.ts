import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takeLeast } from '../../src/boosting/take-least.ts';

describe('takeLeast', () => {
  it('takes the first, or the last, of a stable sort', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9)), fc.nat(12), (keys, most) => {
        const places = Int32Array.from(keys.keys());
        const sorted = [...places].sort((a, b) => keys[a]! - keys[b]!);
        const keyed = { places, keys: Float64Array.from(keys) };
        expect(takeLeast(keyed, most, 1)).toEqual(sorted.slice(0, most));
        expect(takeLeast(keyed, most, -1)).toEqual(sorted.reverse().slice(0, most));
      }),
    );
  });
});
