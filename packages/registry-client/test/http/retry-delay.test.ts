import { expect, it } from 'vitest';
import { retryDelayMs } from '../../src/http/retry-delay.ts';

const now = Date.UTC(2026, 0, 1, 12);
const delay = (retryAfter: string | null, attempt = 1) =>
  retryDelayMs(attempt, retryAfter, { now: () => now, random: () => 0 });

it('waits as long as the server asks for, by seconds or by a date, and a minute at most', () => {
  expect(delay('3')).toBe(3000);
  expect(delay('0')).toBe(0);
  expect(delay('Thu, 01 Jan 2026 12:00:05 GMT')).toBe(5000);
  expect(delay('86400')).toBe(60_000);
});

it('waits longer after every attempt where the server does not say', () => {
  expect([1, 2, 3].map((attempt) => delay(null, attempt))).toEqual([100, 200, 400]);
});

it.each(['Thu, 01 Jan 2026 11:00:00 GMT', '-1', '1.5', 'soon'])(
  'waits as ever where the server asks for no time to come: %s',
  (retryAfter) => {
    expect(delay(retryAfter)).toBe(100);
  },
);
