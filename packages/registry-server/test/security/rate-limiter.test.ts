import { describe, expect, it } from 'vitest';
import { createRateLimiter } from '../../src/security/rate-limiter.ts';

describe('createRateLimiter', () => {
  it('lets a burst through, then the rate, and says how long to wait', () => {
    let at = 0;
    const limiter = createRateLimiter({ perSecond: 2, burst: 3 }, () => at);
    expect([limiter.take('a'), limiter.take('a'), limiter.take('a')]).toEqual([0, 0, 0]);
    expect(limiter.take('a')).toBe(0.5);
    at = 499;
    expect(limiter.take('a')).toBeGreaterThan(0);
    at = 500;
    expect(limiter.take('a')).toBe(0);
    expect(limiter.take('a')).toBe(0.5);
  });

  it('counts each caller alone', () => {
    const limiter = createRateLimiter({ perSecond: 1, burst: 1 }, () => 0);
    expect(limiter.take('a')).toBe(0);
    expect(limiter.take('b')).toBe(0);
    expect(limiter.take('a')).toBeGreaterThan(0);
  });

  it('takes nothing away where the clock is set back', () => {
    let at = 3_600_000;
    const limiter = createRateLimiter({ perSecond: 1, burst: 2 }, () => at);
    limiter.take('a');
    at = 0;
    expect(limiter.take('a')).toBe(0);
    expect(limiter.take('a')).toBe(1);
    at = 1000;
    expect(limiter.take('a')).toBe(0);
  });

  it('never saves up more than the burst', () => {
    let at = 0;
    const limiter = createRateLimiter({ perSecond: 10, burst: 2 }, () => at);
    limiter.take('a');
    at = 1_000_000;
    expect([limiter.take('a'), limiter.take('a')]).toEqual([0, 0]);
    expect(limiter.take('a')).toBeGreaterThan(0);
  });
});
