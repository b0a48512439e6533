import { describe, expect, it } from 'vitest';
import { describeExpected, describeFound } from '../../src/config/describe-value.ts';

describe('describeFound', () => {
  it('never shows what a secret setting holds', () => {
    const secret = { type: 'string', writeOnly: true };
    expect(describeFound('hunter2', secret)).toBe('a value that is not shown');
    expect(describeFound('hunter2', { type: 'string' })).toBe('"hunter2"');
  });
});

describe('describeExpected', () => {
  it.each([
    [{ type: 'integer' }, 'a whole number'],
    [{ type: 'number', exclusiveMinimum: 0 }, 'a number of more than 0'],
    [{ type: 'array', minItems: 1 }, 'a list that is not empty'],
    [{ anyOf: [{ type: ['number', 'null'] }, { type: 'array' }] }, 'a number, null or a list'],
    [{ type: 'object', properties: { a: {}, b: {} } }, 'a section with a, b'],
    [{ type: 'object' }, 'settings (name: value)'],
    [{ enum: ['a'] }, '"a"'],
  ])('%j is %s', (node, words) => {
    expect(describeExpected(node)).toBe(words);
  });
});
