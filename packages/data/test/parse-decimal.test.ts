import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDecimal } from '../src/parse-decimal.ts';

function parse(text: string): number {
  const bytes = Buffer.from(`,${text},`);
  return parseDecimal(bytes, 1, bytes.length - 1);
}

const digits = (maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength });

const written = fc
  .record({
    sign: fc.constantFrom('', '-', '+'),
    whole: digits(20),
    point: fc.constantFrom('', '.'),
    fraction: digits(24),
    exponent: fc.constantFrom('', '', 'e0', 'e5', 'E-7', 'e+22', 'e-30', 'e300', 'e-400'),
  })
  .map(({ sign, whole, point, fraction, exponent }) =>
    [sign, whole, point, point && fraction, exponent].join(''),
  );

describe('parseDecimal', () => {
  it('gives the bits of Number(text), or NaN, for any decimal text', () => {
    fc.assert(
      fc.property(written, (text) => {
        const value = parse(text);
        if (!Number.isNaN(value)) expect(value).toBe(Number(text));
      }),
      { seed: 3, numRuns: 50_000 },
    );
  });

  it('gives the bits of Number(text) for the shortest text of any double', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const value = parse(String(number));
        if (!Number.isNaN(value)) expect(value).toBe(Number(String(number)));
      }),
      { seed: 4, numRuns: 20_000 },
    );
  });

  it('leaves hardly any number of common size to the slow path', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-5, max: 1e15, noNaN: true }), (number) => {
        expect(parse(String(number))).toBe(number);
        expect(parse((-number).toFixed(3))).toBe(Number((-number).toFixed(3)));
      }),
      { seed: 5, numRuns: 5_000 },
    );
  });

  it('rounds digits next to the middle of two doubles as Number does, or leaves them', () => {
    const middles = fc
      .tuple(fc.bigInt(2n ** 52n, 2n ** 53n - 1n), fc.integer({ min: 1, max: 10 }))
      .map(([mantissa, shift]) => {
        // (mantissa + 1/2) / 2^shift, written out in full.
        const numerator = (mantissa * 2n + 1n) * 5n ** BigInt(shift + 1);
        const text = String(numerator).padStart(shift + 2, '0');
        return `${text.slice(0, -shift - 1)}.${text.slice(-shift - 1)}`;
      });
    fc.assert(
      fc.property(middles, fc.constantFrom('', '1', '01'), (middle, more) => {
        const value = parse(middle + more);
        if (!Number.isNaN(value)) expect(value).toBe(Number(middle + more));
      }),
      { seed: 6, numRuns: 20_000 },
    );
  });

  it.each([
    ['0', 0],
    ['-0', -0],
    ['-0.00', -0],
    ['.5', 0.5],
    ['5.', 5],
    [' 7\t', 7],
    ['+12e-1', 1.2],
    ['9007199254740991', 9007199254740991],
    ['0.30000000000000004', 0.30000000000000004],
    ['123456789.12345678', 123456789.12345678],
  ])('reads %j', (text, value) => {
    expect(parse(text)).toBe(value);
  });

  it.each([
    '',
    ' ',
    '-',
    '.',
    '-.',
    '+',
    '1.2.3',
    '1,5',
    '1e',
    '1e+',
    'e5',
    '0x10',
    '1_000',
    '--1',
  ])('gives NaN for %j', (text) => {
    expect(parse(text)).toBeNaN();
  });
});
