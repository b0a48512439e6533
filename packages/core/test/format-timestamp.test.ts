import { describe, expect, it } from 'vitest';
import { formatTimestamp, parseTimestamp, snakeCase } from '../src/index.ts';

describe('formatTimestamp', () => {
  it.each([
    [0, '1970-01-01T00:00:00.000Z'],
    [86_400_000.25, '1970-01-02T00:00:00.000250000Z'],
    [-0.5, '1969-12-31T23:59:59.999500000Z'],
    [8.64e15, '+275760-09-13T00:00:00.000Z'],
  ])('writes %d so that it reads back', (ms, text) => {
    expect(formatTimestamp(ms)).toBe(text);
    expect(parseTimestamp(text)).toBe(ms);
  });

  it('throws for what is no time', () => {
    expect(() => formatTimestamp(NaN)).toThrow(RangeError);
  });
});

describe('snakeCase', () => {
  it('spells names of code as configurations do', () => {
    expect(['maxCategories', 'kind', 'min_rows'].map(snakeCase)).toEqual([
      'max_categories',
      'kind',
      'min_rows',
    ]);
  });
});
