import { parseTimestamp } from '@gnu-mlops/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIsoTime } from '../src/parse-iso-time.ts';

function parse(text: string): number {
  const bytes = Buffer.from(`,${text},`);
  return parseIsoTime(bytes, 1, bytes.length - 1);
}

const number = (max: number, length: number) =>
  fc.integer({ min: 0, max }).map((value) => String(value).padStart(length, '0'));

const texts = fc
  .tuple(
    fc.oneof(number(9999, 4), fc.constantFrom('1900', '2000', '2024', '2100', '0099')),
    number(13, 2),
    number(32, 2),
    fc.constantFrom('', 'T', ' ', 't', '_'),
    fc.tuple(number(24, 2), number(60, 2), number(60, 2)),
    fc.constantFrom('', 'Z', 'z', '+01:00', '.5'),
  )
  .map(([year, month, day, between, time, zone]) => {
    const date = `${year}-${month}-${day}`;
    return between === '' ? date : `${date}${between}${time.join(':')}${zone}`;
  });

describe('parseIsoTime', () => {
  it("gives core's parseTimestamp or NaN for texts that look like times", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const value = parse(text);
        if (!Number.isNaN(value)) expect(value).toBe(parseTimestamp(text));
      }),
      { seed: 7, numRuns: 30_000 },
    );
  });

  it('reads every day of four centuries', () => {
    for (let ms = Date.UTC(1799, 11, 30); ms < Date.UTC(2201, 0, 3); ms += 86_400_000) {
      const date = new Date(ms).toISOString().slice(0, 10);
      if (parse(date) !== ms) expect.fail(date);
    }
  });

  it.each(['2024-02-29', '2024-02-29T23:59:59', '2024-02-29 23:59:59Z'])('reads %s', (text) => {
    expect(parse(text)).toBe(parseTimestamp(text));
  });

  it.each(['2023-02-29', '2024-13-01', '2024-00-10', '2024-04-31', '2024-1-1', '20240101xx', ''])(
    'gives NaN for %j',
    (text) => {
      expect(parse(text)).toBeNaN();
    },
  );
});
