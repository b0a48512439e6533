import fc from 'fast-check';
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

  it.each([
    [0.9999999, '1970-01-01T00:00:00.001Z'],
    [-0.0000001, '1970-01-01T00:00:00.000Z'],
    [999.9999994, '1970-01-01T00:00:00.999999999Z'],
  ])('rounds %d to the nearest nanosecond', (ms, text) => {
    expect(formatTimestamp(ms)).toBe(text);
  });

  it('writes any time of nanoseconds so that it reads back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -4e12, max: 4e12 }), fc.nat(999_999), (ms, nanoseconds) => {
        const digits = nanoseconds === 0 ? '' : String(nanoseconds).padStart(6, '0');
        const time = parseTimestamp(new Date(ms).toISOString().replace('Z', `${digits}Z`))!;
        expect(parseTimestamp(formatTimestamp(time))).toBe(time);
      }),
      { numRuns: 2000 },
    );
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
