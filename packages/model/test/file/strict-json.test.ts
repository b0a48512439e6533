import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModelFileCorruptError } from '../../src/errors.ts';
import { parseStrictJson } from '../../src/file/strict-json.ts';

describe('parseStrictJson', () => {
  it('gives what JSON.parse gives for any JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.boolean(), (value, isSpaced) => {
        const text = JSON.stringify(value, null, isSpaced ? 2 : undefined);
        expect(parseStrictJson(text, 'it')).toEqual(JSON.parse(text));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('throws a coded error or agrees with JSON.parse for any text', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '"',
      '\\',
      '"a"',
      '"b"',
      '1',
      ' ',
      'u0061',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        try {
          expect(parseStrictJson(text, 'it')).toEqual(JSON.parse(text));
        } catch (error) {
          expect(error).toBeInstanceOf(ModelFileCorruptError);
        }
      }),
      { seed: 2, numRuns: 5000 },
    );
  });

  it.each([
    ['{"a":1,"a":2}', '"a"'],
    ['{"a":1,"\\u0061":2}', '"a"'],
    ['[{"x":{"b":1, "c":[] ,"b" :2}}]', '"b"'],
    ['{"__proto__":1,"__proto__":2}', '"__proto__"'],
  ])('refuses a name that stands twice in one object: %s', (text, name) => {
    expect(() => parseStrictJson(text, 'the part')).toThrow(
      expect.objectContaining({
        code: 'MODEL_FILE_CORRUPT',
        where: 'the part',
        message: expect.stringContaining(name),
      }),
    );
  });

  it('takes one name in several objects, and strings that look like names', () => {
    const value = { a: { a: 1, b: 'a":1' }, b: [{ a: 1 }, { a: 2 }], c: '{"a":1,"a":2}' };
    expect(parseStrictJson(JSON.stringify(value), 'it')).toEqual(value);
  });

  it('refuses nesting beyond 64 levels, however deep', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(() => parseStrictJson(nested(64), 'it')).not.toThrow();
    expect(() => parseStrictJson(nested(65), 'it')).toThrow(/nests deeper than 64/);
    expect(() => parseStrictJson('[{"a":'.repeat(1_000_000), 'it')).toThrow(/nests deeper than 64/);
  });

  it('refuses text that is no JSON', () => {
    for (const text of ['', '{', '{"a"', '"\\', 'nul', '{"a":1}}', '[1,]', '\uFEFF{}']) {
      expect(() => parseStrictJson(text, 'it')).toThrow(ModelFileCorruptError);
    }
  });
});
