/** A clock that stands still until it is told to move. */
export interface FakeClock {
  /** Milliseconds since the epoch. */
  now(): number;
  advance(ms: number): void;
}

/** @param startMs milliseconds since the epoch; default 2026-01-01T00:00:00Z. */
export function createFakeClock(startMs: number = Date.UTC(2026, 0, 1)): FakeClock {
  let current = startMs;
  return {
    now: () => current,
    advance(ms) {
      current += ms;
    },
  };
}
