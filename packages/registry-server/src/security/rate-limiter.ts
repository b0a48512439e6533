/** How many requests a caller may make. */
export interface RateLimit {
  /** Requests a second in the long run. */
  readonly perSecond: number;
  /** Requests at once, after a pause. */
  readonly burst: number;
}

/** Counts requests by caller. */
export interface RateLimiter {
  /**
   * Take `cost` requests from what a caller has left.
   *
   * @returns 0, or the seconds until there is enough again; nothing is taken then.
   */
  take(caller: string, cost?: number): number;
}

interface Bucket {
  left: number;
  at: number;
}

/** More callers than this at once share no memory: the one that was quiet longest starts anew. */
const MAX_CALLERS = 10_000;

/**
 * A bucket for each caller, which fills at `perSecond` up to `burst`.
 *
 * @param now milliseconds. Where the clock is set back, nothing is taken away.
 */
export function createRateLimiter(limit: RateLimit, now: () => number): RateLimiter {
  const buckets = new Map<string, Bucket>();
  return {
    take(caller, cost = 1) {
      const at = now();
      const bucket = buckets.get(caller) ?? { left: limit.burst, at };
      const refill = (Math.max(0, at - bucket.at) / 1000) * limit.perSecond;
      bucket.left = Math.min(limit.burst, bucket.left + refill);
      bucket.at = at;
      // Last in the map is last seen.
      buckets.delete(caller);
      buckets.set(caller, bucket);
      if (buckets.size > MAX_CALLERS) buckets.delete(buckets.keys().next().value!);
      if (bucket.left < cost) return (cost - bucket.left) / limit.perSecond;
      bucket.left -= cost;
      return 0;
    },
  };
}
