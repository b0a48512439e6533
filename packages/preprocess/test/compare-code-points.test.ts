import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareCodePoints } from '../src/compare-code-points.ts';

describe('compareCodePoints', () => {
  it('orders as the UTF-8 bytes of the texts do', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'z', 'é', '\uD7FF', '\uE000', '\uFFFD', '\u{10000}', '\u{10FFFF}'),
      maxLength: 4,
    });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
        expect(Math.sign(compareCodePoints(a, b))).toBe(bytes);
      }),
      { numRuns: 500 },
    );
  });

  it('puts characters beyond the basic plane last', () => {
    expect(['\u{1F600}', '\uFF5E', 'a'].sort(compareCodePoints)).toEqual([
      'a',
      '\uFF5E',
      '\u{1F600}',
    ]);
  });
});
