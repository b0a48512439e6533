import { expect, it } from 'vitest';
import { createFakeClock } from '../src/fake-clock.ts';

it('stands still until it is told to move', () => {
  const clock = createFakeClock(1000);
  expect([clock.now(), clock.now()]).toEqual([1000, 1000]);
  clock.advance(250);
  expect(clock.now()).toBe(1250);
});

it('starts in 2026 when it is not told', () => {
  expect(new Date(createFakeClock().now()).toISOString()).toBe('2026-01-01T00:00:00.000Z');
});
