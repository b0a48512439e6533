import type { TimeUnit } from 'apache-arrow';

/** How many of a unit make a millisecond, in the order of `TimeUnit`; of a second none is a part. */
const perMs = [1, 1, 1e3, 1e6] as const;

/**
 * Milliseconds that the library made of a count of units, to the bit as core's `parseTimestamp` makes
 * them of a text: whole seconds, and what is left of units added to them.
 */
export function unitTime(ms: number, unit: TimeUnit): number {
  const parts = perMs[unit]!;
  if (parts === 1) return ms;
  const seconds = Math.floor(ms / 1000) * 1000;
  return seconds + Math.round((ms - seconds) * parts) / parts;
}
