import { expect, test } from 'vitest';
import { retryDelayMs } from '../src/retry-delay.ts';

const now = Date.UTC(2026, 0, 1);

test('doubles with every failure, up to twenty seconds', () => {
  expect([1, 2, 3, 8, 9, 50].map((failures) => retryDelayMs(failures))).toEqual([
    100, 200, 400, 12_800, 20_000, 20_000,
  ]);
});

test('waits five minutes at most, whatever a server asks for', () => {
  for (const header of ['86400', '1e12', 'Fri, 01 Jan 2100 00:00:00 GMT']) {
    expect(retryDelayMs(1, { header, now })).toBe(300_000);
  }
});

test.each([
  ['3', 3000],
  ['0.5', 500],
  ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 100],
  ['soon', 100],
  ['', 100],
  [null, 100],
])('waits as long as Retry-After %s asks, and never less than it would', (header, expected) => {
  expect(retryDelayMs(1, { header, now })).toBe(expected);
});
