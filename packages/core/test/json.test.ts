import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonValue, canonicalJson } from '../src/index.ts';

describe('canonicalJson', () => {
  it('sorts keys at every depth, also those that look like numbers', () => {
    expect(canonicalJson({ b: 1, a: { d: [{ z: 1, y: 2 }], c: null } })).toBe(
      '{"a":{"c":null,"d":[{"y":2,"z":1}]},"b":1}',
    );
    expect(canonicalJson({ 9: 'nine', 10: 'ten' })).toBe('{"10":"ten","9":"nine"}');
  });

  it('leaves an undefined property out', () => {
    expect(canonicalJson({ a: undefined as unknown as JsonValue, b: 1 })).toBe('{"b":1}');
  });

  const json = fc.jsonValue() as fc.Arbitrary<JsonValue>;

  it('reads back as the same value', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 1 },
    );
  });

  it('does not depend on the order of keys', () => {
    const entries = fc.uniqueArray(fc.tuple(fc.string(), json), { selector: ([key]) => key });
    fc.assert(
      fc.property(entries, (list) => {
        const forwards = canonicalJson(Object.fromEntries(list));
        expect(canonicalJson(Object.fromEntries(list.toReversed()))).toBe(forwards);
      }),
      { seed: 1 },
    );
  });
});
