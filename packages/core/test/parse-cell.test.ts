import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MISSING_TOKENS,
  isMissingToken,
  parseBoolean,
  parseInteger,
  parseNumber,
  parseTimestamp,
} from '../src/index.ts';

describe('parseNumber', () => {
  it.each([
    ['0', 0],
    ['-1.5', -1.5],
    ['+2', 2],
    ['.5', 0.5],
    ['5.', 5],
    ['1e3', 1000],
    ['1E-2', 0.01],
    ['0.1', 0.1],
    ['123456789.123456789', 123456789.123456789],
    ['inf', Infinity],
    ['-Infinity', -Infinity],
    ['+INF', Infinity],
  ])('reads %s', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  it.each(['', '.', '-', 'e5', '1e', '1,000', '0x10', '1_000', '1 2', 'NaN', 'infinit', '١'])(
    'is undefined for %j',
    (text) => {
      expect(parseNumber(text)).toBeUndefined();
    },
  );

  it('is undefined for a million digits and a letter, without trying every way to split them', () => {
    expect(parseNumber(`${'1'.repeat(1_000_000)}x`)).toBeUndefined();
  });

  it('reads back every finite number that JavaScript writes', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseNumber(String(value))).toBe(value === 0 ? 0 : value);
      }),
      { seed: 1 },
    );
  });
});

describe('parseInteger', () => {
  it.each([
    ['42', 42],
    ['-7', -7],
    ['5.0', 5],
    ['1e3', 1000],
    ['9007199254740991', 9007199254740991],
  ])('reads %s', (text, value) => {
    expect(parseInteger(text)).toBe(value);
  });

  it.each(['1.5', '9007199254740992', 'inf', 'x', ''])('is undefined for %j', (text) => {
    expect(parseInteger(text)).toBeUndefined();
  });
});

describe('parseBoolean', () => {
  it('reads true and false in any case, 1 and 0, and nothing else', () => {
    expect(['true', 'TRUE', 'True', '1'].map(parseBoolean)).toEqual([true, true, true, true]);
    expect(['false', 'False', '0'].map(parseBoolean)).toEqual([false, false, false]);
    for (const text of ['yes', 'no', 'Y', '2', '1.0', ''])
      expect(parseBoolean(text)).toBeUndefined();
  });
});

describe('isMissingToken', () => {
  it('knows the empty text and the usual words, case by case', () => {
    for (const token of MISSING_TOKENS) expect(isMissingToken(token)).toBe(true);
    for (const text of ['No', 'nA', '0', '-', '?']) expect(isMissingToken(text)).toBe(false);
  });
});

/** Years of four digits. */
const fourDigits = {
  min: new Date('0000-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
};

describe('parseTimestamp', () => {
  it.each([
    ['2026-03-01', '2026-03-01T00:00:00.000Z'],
    ['2026-03-01T12:30', '2026-03-01T12:30:00.000Z'],
    ['2026-03-01 12:30:15', '2026-03-01T12:30:15.000Z'],
    ['2026-03-01T12:30:15.029Z', '2026-03-01T12:30:15.029Z'],
    ['2026-03-01T00:30:00+05:30', '2026-02-28T19:00:00.000Z'],
    ['2026-03-01T00:30:00-0330', '2026-03-01T04:00:00.000Z'],
    ['2026-03-01 00:30:00+02', '2026-02-28T22:30:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['0050-06-01', '0050-06-01T00:00:00.000Z'],
    ['1969-12-31T23:59:59.5', '1969-12-31T23:59:59.500Z'],
  ])('reads %s, without an offset as UTC', (text, iso) => {
    expect(parseTimestamp(text)).toBe(Date.parse(iso.replace(/^0050/, '+000050')));
  });

  it.each(['+275760-09-13T00:00:00.001Z', '+275760-09-13T12:00Z', '-271821-04-20T00:00:00+00:01'])(
    'is undefined for %s, which no Date reaches',
    (text) => {
      expect(parseTimestamp(text)).toBeUndefined();
    },
  );

  it('keeps what is finer than a millisecond', () => {
    expect(parseTimestamp('1970-01-01T00:00:00.000250Z')).toBe(0.25);
  });

  it.each([
    '2026-02-29',
    '-000000-01-01',
    '+275760-09-14',
    '12026-01-01',
    '+2026-01-01',
    '2026-13-01',
    '2026-00-10',
    '2026-01-32',
    '2026-01-01T24:00',
    '2026-01-01T12:60',
    '2026-01-01T12:00:60',
    '2026-01-01T12',
    '2026-01-01T12:00:00+24:00',
    '2026-01-01T12:00:00+01:60',
    '01/02/2026',
    '2026-1-1',
    '20260101',
    '1767225600',
    '',
  ])('is undefined for %j', (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });

  it('reads back every time that toISOString writes', () => {
    const time = fc.oneof(
      fc.date({ noInvalidDate: true }),
      fc.date({ ...fourDigits, noInvalidDate: true }),
    );
    fc.assert(
      fc.property(time, (date) => {
        expect(parseTimestamp(date.toISOString())).toBe(date.getTime());
      }),
      { seed: 1 },
    );
  });
});
