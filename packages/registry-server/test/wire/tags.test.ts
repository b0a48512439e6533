import { expect, it } from 'vitest';
import { cutValue, formatTags, readParams, readRunTags, readTags } from '../../src/wire/tags.ts';

it('reads a missing value as empty text, and the last of several', () => {
  expect(readTags([{ key: 'a' }, { key: 'b', value: '1' }, { key: 'b', value: '2' }])).toEqual({
    a: '',
    b: '2',
  });
  expect(readTags([{ key: '__proto__', value: 'x' }])).toHaveProperty('__proto__', 'x');
});

it('cuts values of runs that are too long, at whole characters', () => {
  expect(readRunTags([{ key: 'a', value: 'x'.repeat(9000) }])['a']).toHaveLength(8000);
  expect(readParams([{ key: 'a', value: 'x'.repeat(9000) }])['a']).toHaveLength(6000);
  expect(cutValue('😀😀😀', 2)).toBe('😀😀');
  expect(cutValue('abc', 3)).toBe('abc');
});

it('keeps a parameter of any name', () => {
  expect(readParams([{ key: '__proto__', value: 'x' }])).toHaveProperty('__proto__', 'x');
});

it('refuses a parameter that is there twice', () => {
  expect(() => readParams([{ key: 'a' }, { key: 'a' }])).toThrow(
    "Duplicate parameter keys have been submitted: ['a']",
  );
});

it('leaves out a field without tags', () => {
  expect(formatTags({})).toBeUndefined();
  expect(formatTags({ a: '' })).toEqual([{ key: 'a', value: '' }]);
});
