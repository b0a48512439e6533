import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkUnityTag, decodeTagKey, encodeTagKey } from '../../src/databricks/unity-tags.ts';

it('gives back every key, and writes none of the reserved characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'a%2E.,-=/:é5') }), (key) => {
      const encoded = encodeTagKey(key);
      expect(encoded).not.toMatch(/[.,\-=/:]/);
      expect(decodeTagKey(encoded)).toBe(key);
    }),
  );
});

it('writes a key so that a person can read it', () => {
  expect(encodeTagKey('gnu_mlops.stage')).toBe('gnu_mlops%2Estage');
  expect(decodeTagKey('100%')).toBe('100%');
});

it.each([
  [{ key: 'k'.repeat(250), value: 'v'.repeat(1000) }, undefined],
  [{ key: '.'.repeat(86), value: '' }, 'REGISTRY_NAME_INVALID'],
  [{ key: ' a', value: '' }, 'REGISTRY_NAME_INVALID'],
  [{ key: 'a', value: 'v'.repeat(1001) }, 'REGISTRY_VALUE_INVALID'],
  [{ key: 'a', value: 'v ' }, 'REGISTRY_VALUE_INVALID'],
])('checks %j', (tag, code) => {
  const check = () => checkUnityTag(tag);
  if (code === undefined) check();
  else expect(check).toThrow(expect.objectContaining({ code }));
});
