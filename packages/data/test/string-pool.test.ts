import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStringPool } from '../src/string-pool.ts';

function codesOf(texts: readonly string[]) {
  const pool = createStringPool();
  const codes = texts.map((text) => {
    const bytes = Buffer.from(`,${text},`);
    return pool.codeOf(bytes, 1, bytes.length - 1);
  });
  return { codes, strings: pool.strings(), size: pool.size };
}

describe('createStringPool', () => {
  it('numbers texts in the order of their first appearance', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'é', '😀'), maxLength: 3 }), {
          maxLength: 300,
        }),
        (texts) => {
          const distinct = [...new Set(texts)];
          expect(codesOf(texts)).toEqual({
            codes: texts.map((text) => distinct.indexOf(text)),
            strings: distinct,
            size: distinct.length,
          });
        },
      ),
      { seed: 18, numRuns: 300 },
    );
  });

  it('holds many texts, ASCII or not', () => {
    for (const prefix of ['id-', 'é-']) {
      const texts = Array.from({ length: 100_000 }, (_, i) => `${prefix}${i}`);
      const { strings, codes } = codesOf([...texts, ...texts.slice(0, 10)]);
      expect(strings).toEqual(texts);
      expect(codes.slice(-10)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
  });
});
